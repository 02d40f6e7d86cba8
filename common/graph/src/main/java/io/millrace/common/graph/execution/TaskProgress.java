package io.millrace.common.graph.execution;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
import java.util.List;

/**
 * What one attempt has done, as of one heartbeat.
 *
 * @param busyShare of the time since the heartbeat before, 0 to 1
 * @param backPressuredShare of the same time, 0 to 1
 * @param awaitedCheckpoint the oldest checkpoint that is triggered there and has yet to get this task's snapshot; 0:
 *     none has
 * @param operators in chain order
 */
public record TaskProgress(
        SubtaskId subtask,
        double busyShare,
        double backPressuredShare,
        long awaitedCheckpoint,
        List<OperatorProgress> operators) {

    public TaskProgress {
        Check.argument(awaitedCheckpoint >= 0, "Checkpoints count from 1");
        operators = List.copyOf(operators);
    }

    /** For who knows the rest. */
    public TaskProgress awaiting(long checkpoint) {
        return new TaskProgress(subtask, busyShare, backPressuredShare, checkpoint, operators);
    }
}
