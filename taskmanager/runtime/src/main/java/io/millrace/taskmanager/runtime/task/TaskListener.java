package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;

/** Told what becomes of tasks. Called on the task's thread; must not block. */
public interface TaskListener {

    /**
     * A task is in another state. A failed one is reported by {@link #onFailed} instead.
     *
     * @param statistics what it did so far; final in a terminal state
     */
    void onState(SubtaskId task, TaskState state, TaskStatistics statistics);

    /**
     * A barrier passed through a task, and all that the task's state is made of by the elements before it is gathered.
     * The numbers of checkpoints grow.
     */
    void onSnapshot(SubtaskId task, TaskSnapshot snapshot);

    /** A task is done with its input and waits for a checkpoint that holds what it is now; then it will finish. */
    default void onEnded(SubtaskId task) {}

    /** A task failed; everything it had is closed. */
    void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics);
}
