package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.stream.Barrier;

/** The tasks, as far as checkpoints go. Calls return at once; without effect on a task that has ended. */
public interface Barriers {

    /** A barrier is on its way to a task; its snapshot comes as {@link CheckpointEvent.SnapshotTaken}. */
    void announce(SubtaskId task, Barrier barrier);

    /** A checkpoint was given up. */
    void giveUp(SubtaskId task, long checkpoint);

    /** A checkpoint will be there whatever happens. */
    void completed(SubtaskId task, Barrier barrier);
}
