package io.millrace.api.plan.builder;

import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operators that run in one task; the first one has the inputs. */
final class Chain {
    private final List<OperatorDraft<?, ?>> operators = new ArrayList<>();
    private final List<ChainLink> links = new ArrayList<>();

    private Chain(OperatorDraft<?, ?> head) {
        operators.add(head);
    }

    /**
     * Divides a job into chains. An operator joins the chain of the one before it if it has that one input only, each
     * of its subtasks would read from the same subtask of the other, and nobody forbade it.
     *
     * @param operators with every operator behind those it reads from
     * @return the chains in order of their heads
     */
    static List<Chain> divide(List<OperatorDraft<?, ?>> operators, boolean chaining) {
        Map<OperatorDraft<?, ?>, Chain> chainOf = new LinkedHashMap<>();
        List<Chain> chains = new ArrayList<>();
        for (OperatorDraft<?, ?> operator : operators) {
            if (chaining && joinsInput(operator)) {
                Upstream<?> input = operator.inputs().get(0);
                Chain chain = chainOf.get(input.from());
                chain.operators.add(operator);
                chain.links.add(new ChainLink(input.from().id(), operator.id(), 0, input.sideOutputId()));
                chainOf.put(operator, chain);
            } else {
                Chain chain = new Chain(operator);
                chains.add(chain);
                chainOf.put(operator, chain);
            }
        }
        return chains;
    }

    private static boolean joinsInput(OperatorDraft<?, ?> operator) {
        if (operator.inputs().size() != 1 || operator.chaining() != Chaining.ALLOWED) {
            return false;
        }
        Upstream<?> input = operator.inputs().get(0);
        OperatorDraft<?, ?> before = input.from();
        return kindOf(input, operator) == ExchangeKind.FORWARD
                && before.chaining() != Chaining.NEVER
                && before.parallelism() == operator.parallelism()
                && before.maxParallelism() == operator.maxParallelism()
                && before.slotSharingGroup().equals(operator.slotSharingGroup());
    }

    /** The exchange that the user asked for, or the default one. */
    static ExchangeKind kindOf(Upstream<?> input, OperatorDraft<?, ?> operator) {
        ExchangeKind asked = input.exchange().kind();
        if (asked != null) {
            return asked;
        }
        return input.from().parallelism() == operator.parallelism() ? ExchangeKind.FORWARD : ExchangeKind.REBALANCE;
    }

    OperatorDraft<?, ?> head() {
        return operators.get(0);
    }

    List<OperatorDraft<?, ?>> operators() {
        return operators;
    }

    List<ChainLink> links() {
        return links;
    }
}
