package io.millrace.taskmanager.runtime.operator;

import io.millrace.taskmanager.runtime.snapshot.PartCollector;

/** Has something of its own in snapshots, beside keyed state. For the slot's thread. */
public interface Checkpointed {

    /**
     * Gives what it has at the barrier of a checkpoint that passes just now.
     *
     * @throws io.millrace.common.core.error.MillraceException if user code fails
     */
    void snapshot(PartCollector parts, long checkpoint);

    /**
     * A checkpoint that it was part of, and that commits, will be there whatever happens.
     *
     * @throws io.millrace.common.core.error.MillraceException if user code fails
     */
    default void completed(long checkpoint) {}
}
