package io.millrace.common.graph.snapshot;

import io.millrace.common.core.id.SubtaskId;
import java.util.List;

/**
 * One subtask's snapshot is durable.
 *
 * @param operators those of its chain that have parts
 */
public record SubtaskAcknowledgement(SubtaskId subtask, List<OperatorParts> operators, SnapshotCost cost) {
    public SubtaskAcknowledgement {
        operators = List.copyOf(operators);
    }
}
