package io.millrace.common.graph.execution;

import io.millrace.common.core.id.SubtaskId;
import java.util.List;

/**
 * What one attempt has done, as of one heartbeat.
 *
 * @param busyShare of the time since the heartbeat before, 0 to 1
 * @param backPressuredShare of the same time, 0 to 1
 * @param operators in chain order
 */
public record TaskProgress(
        SubtaskId subtask, double busyShare, double backPressuredShare, List<OperatorProgress> operators) {

    public TaskProgress {
        operators = List.copyOf(operators);
    }
}
