package io.millrace.taskmanager.runtime.stream;

/** Where user code waits that emits, within one step, far more than its outputs have room for. */
@FunctionalInterface
public interface Relief {
    /** For a task whose thread must not wait: what is emitted piles up until the step ends. */
    Relief NONE = () -> {};

    /**
     * Task's thread: returns once the outputs have room, or at once if this thread must not wait.
     *
     * @throws io.millrace.common.core.error.MillraceException if the task is cancelled, or an output breaks
     */
    void awaitRoom();
}
