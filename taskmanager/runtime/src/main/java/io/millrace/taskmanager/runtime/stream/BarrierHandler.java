package io.millrace.taskmanager.runtime.stream;

/** Told by what feeds a task that everything before a barrier has been taken, and nothing behind it. */
@FunctionalInterface
public interface BarrierHandler {

    /**
     * Called on the task's thread, between two elements, with no firing open.
     *
     * @param code of the {@link Barrier}; grows
     * @param alignmentNanos from the first channel that brought it until now; 0 if none did
     */
    void onBarrier(long code, long alignmentNanos);
}
