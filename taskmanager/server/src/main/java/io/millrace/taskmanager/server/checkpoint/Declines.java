package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;

/** What the JobManager is told when a share cannot be done. */
final class Declines {

    private Declines() {}

    static Problem notRunning(ExecutionState state) {
        return Problem.of(SnapshotErrors.CHECKPOINT_TASK_NOT_RUNNING, "A task is " + state)
                .because("Only running tasks can give their snapshots")
                .fix("Look at the task's failure with 'millrace status JOB'; the next checkpoint may succeed");
    }

    static Problem overtaken(long by) {
        return Problem.of(SnapshotErrors.CHECKPOINT_OVERTAKEN, "Checkpoint " + by + " went ahead of this one")
                .because("A task that let the later barrier pass gives no earlier snapshot any more")
                .fix("Nothing: the later checkpoint takes its place. A savepoint may be asked for again");
    }

    static Problem aborted(String reason) {
        return Problem.of(SnapshotErrors.CHECKPOINT_ABORTED, "It was given up before anything was written")
                .because(reason)
                .fix("Look at the checkpoints of the job for the cause");
    }

    static Problem baseForgotten(EarlierPart part) {
        return Problem.of(
                        SnapshotErrors.CHECKPOINT_BASE_FORGOTTEN,
                        "Operator " + part.operator() + " builds on part " + part.index() + " of checkpoint "
                                + part.checkpoint() + ", which is no longer kept")
                .because("A later checkpoint was complete before the task knew of it")
                .fix("Nothing: the next checkpoint builds on the later one");
    }

    static Problem noPlace(String place, IllegalArgumentException why) {
        return Problem.of(SnapshotErrors.CHECKPOINT_PLACE_INVALID, "There is no storage for this place")
                .at(place)
                .because(String.valueOf(why.getMessage()))
                .fix("Name an absolute path or s3://bucket/prefix");
    }
}
