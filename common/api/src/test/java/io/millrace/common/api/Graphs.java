package io.millrace.common.api;

import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.builder.PlanCodec;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import java.util.List;
import java.util.stream.Collectors;

/** Reads job graphs for assertions. */
final class Graphs {

    private Graphs() {}

    /** The vertices by their chains, such as {@code Source -> Map x2}. */
    static List<String> vertices(JobGraph graph) {
        return graph.vertices().stream()
                .map(vertex -> names(vertex) + " x" + vertex.parallelism())
                .toList();
    }

    /** The edges by operator names, such as {@code Source =HASH=> Keyed Process}. */
    static List<String> edges(JobGraph graph) {
        return graph.edges().stream().map(edge -> edge(graph, edge)).toList();
    }

    private static String edge(JobGraph graph, JobEdge edge) {
        String side = edge.sideOutput().isEmpty() ? "" : ":" + edge.sideOutput();
        String from = graph.vertex(edge.sourceVertex()).operators().stream()
                .filter(node -> node.id() == edge.sourceOperator())
                .map(OperatorNode::name)
                .findFirst()
                .orElseThrow();
        return from + side + " =" + edge.kind() + "=> "
                + graph.vertex(edge.targetVertex()).head().name();
    }

    private static String names(JobVertex vertex) {
        return vertex.operators().stream().map(OperatorNode::name).collect(Collectors.joining(" -> "));
    }

    static OperatorNode node(JobGraph graph, String name) {
        return graph.vertices().stream()
                .flatMap(vertex -> vertex.operators().stream())
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JobVertex vertexOf(JobGraph graph, String operatorName) {
        return graph.vertices().stream()
                .filter(vertex ->
                        vertex.operators().stream().anyMatch(node -> node.name().equals(operatorName)))
                .findFirst()
                .orElseThrow();
    }

    static OperatorPlan plan(JobGraph graph, String name) {
        return PlanCodec.readOperator(node(graph, name).payload().array(), Graphs.class.getClassLoader());
    }

    static <S extends OperatorSpec> S spec(JobGraph graph, String name, Class<S> type) {
        return type.cast(plan(graph, name).spec());
    }

    static String outputType(JobGraph graph, String name) {
        return plan(graph, name).spec().outputType().describe();
    }

    static ExchangeSpec<?, ?> exchange(JobEdge edge) {
        return PlanCodec.readExchange(edge.payload().array(), Graphs.class.getClassLoader());
    }
}
