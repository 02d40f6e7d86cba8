package io.millrace.deploy.benchmarks.workloads;

/** The records of one split, in a fixed order. Owned by one thread. */
@FunctionalInterface
public interface Feed<T> {

    /**
     * Makes the next record; never one that was handed out before.
     *
     * @param dueNanos when the schedule wanted this record emitted ({@link System#nanoTime()}), zero without a schedule
     */
    T next(long dueNanos);
}
