package io.millrace.taskmanager.runtime.task;

import io.millrace.common.graph.OperatorNode;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.SideOutputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operator at its place in a chain.
 *
 * @param operator null for a source's half, which is the intake itself
 * @param sides its side outputs
 * @param upstream the operator that calls it; -1 for the head
 * @param upstreamSide the side output of {@code upstream} that feeds it; empty for the main output
 */
record ChainPosition(
        OperatorNode node, @Nullable Operator operator, SideOutputs sides, int upstream, String upstreamSide) {

    boolean isFinished() {
        return operator == null || operator.isFinished();
    }

    /**
     * Counts elements per operator.
     *
     * @param positions in topological order
     * @param taken elements that reached the head
     */
    static List<OperatorStatistics> statistics(List<ChainPosition> positions, long taken) {
        Map<Integer, Long> emitted = new HashMap<>();
        Map<Integer, ChainPosition> byId = new HashMap<>();
        List<OperatorStatistics> all = new ArrayList<>(positions.size());
        for (ChainPosition position : positions) {
            long in = taken;
            if (position.upstream >= 0) {
                in = position.upstreamSide.isEmpty()
                        ? emitted.getOrDefault(position.upstream, 0L)
                        : byId.get(position.upstream).sides.emitted(position.upstreamSide);
            }
            Operator operator = position.operator;
            long out = operator == null ? in : operator.recordsOut(in);
            emitted.put(position.node.id(), out);
            byId.put(position.node.id(), position);
            all.add(new OperatorStatistics(
                    position.node.id(),
                    position.node.name(),
                    operator == null ? 0 : in,
                    out,
                    operator == null ? 0 : operator.lateRecords()));
        }
        return all;
    }
}
