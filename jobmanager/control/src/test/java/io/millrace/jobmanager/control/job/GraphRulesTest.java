package io.millrace.jobmanager.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.contract.ControlError;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphRulesTest {

    @Test
    void aSoundGraphIsAccepted() {
        assertThat(GraphRules.check(TestGraphs.line("sound", 1, 4, 2))).isEmpty();
        JobVertex lone = TestGraphs.vertex(0, 1);
        assertThat(GraphRules.check(TestGraphs.graph("source and sink in one chain", List.of(lone), List.of())))
                .isEmpty();
    }

    @Test
    void anEmptyGraphIsRefused() {
        assertOnly(TestGraphs.graph("empty", List.of(), List.of()), ControlError.JOB_EMPTY);
    }

    @Test
    void aCycleIsRefusedWithItsVertices() {
        JobGraph graph = TestGraphs.graph(
                "cycle",
                List.of(
                        TestGraphs.vertex(0, 1),
                        TestGraphs.vertex(1, 1),
                        TestGraphs.vertex(2, 1),
                        TestGraphs.vertex(3, 1)),
                List.of(
                        TestGraphs.edge(0, 0, 1, ExchangeKind.REBALANCE),
                        TestGraphs.edge(1, 1, 2, ExchangeKind.REBALANCE),
                        TestGraphs.edge(2, 2, 1, ExchangeKind.REBALANCE),
                        TestGraphs.edge(3, 2, 3, ExchangeKind.REBALANCE)));
        assertThat(only(graph).what()).contains("'v1', 'v2'").doesNotContain("'v0'");
        assertThat(only(graph).code()).isEqualTo("GRAPH_CYCLE");
    }

    @Test
    void aGraphOfCyclesAloneHasNeitherSourceNorSink() {
        JobGraph graph = TestGraphs.graph(
                "ring",
                List.of(TestGraphs.vertex(0, 1), TestGraphs.vertex(1, 1)),
                List.of(
                        TestGraphs.edge(0, 0, 1, ExchangeKind.REBALANCE),
                        TestGraphs.edge(1, 1, 0, ExchangeKind.REBALANCE)));
        assertThat(only(graph).why())
                .contains("[JOB_WITHOUT_SOURCE]")
                .contains("[JOB_WITHOUT_SINK]")
                .contains("[GRAPH_CYCLE]");
    }

    @Test
    void allProblemsAreListedAtOnce() {
        JobVertex twins = new JobVertex(
                1,
                "twins",
                0,
                128,
                "default",
                List.of(TestGraphs.operator(10, "same"), TestGraphs.operator(11, "same")),
                List.of(new ChainLink(11, 10, 0, "")));
        JobGraph graph = TestGraphs.graph(
                "bad", List.of(TestGraphs.vertex(0, 200), twins), List.of(TestGraphs.edge(0, 0, 7, ExchangeKind.HASH)));
        Problem problem = only(graph);
        assertThat(problem.code()).isEqualTo("INVALID_JOB_GRAPH");
        assertThat(problem.what()).contains("5 problems");
        assertThat(problem.why())
                .contains("'v0' has parallelism 200 and max parallelism 128 (Job.java:0)")
                .contains("'twins' has parallelism 0")
                .contains("[DUPLICATE_UID]")
                .contains("[GRAPH_DANGLING_LINK]")
                .contains("[GRAPH_DANGLING_EDGE]");
    }

    @Test
    void parallelismHasBounds() {
        for (int[] bad : new int[][] {{0, 128}, {-1, 128}, {129, 128}, {1, 0}, {1, 32_769}}) {
            JobVertex vertex =
                    new JobVertex(0, "v", bad[0], bad[1], "default", List.of(TestGraphs.operator(0, "")), List.of());
            assertOnly(TestGraphs.graph("bad", List.of(vertex), List.of()), ControlError.BAD_PARALLELISM);
        }
        JobVertex most =
                new JobVertex(0, "v", 32_768, 32_768, "default", List.of(TestGraphs.operator(0, "")), List.of());
        assertThat(GraphRules.check(TestGraphs.graph("wide", List.of(most), List.of())))
                .isEmpty();
    }

    @Test
    void idsAreUniqueAndVerticesHaveOperators() {
        JobVertex empty = new JobVertex(1, "empty", 1, 128, "default", List.of(), List.of());
        assertOnly(
                TestGraphs.graph("bad", List.of(TestGraphs.vertex(0, 1), empty), List.of()),
                ControlError.GRAPH_EMPTY_VERTEX);
        JobVertex twin = new JobVertex(0, "twin", 1, 128, "default", List.of(TestGraphs.operator(5, "")), List.of());
        assertOnly(
                TestGraphs.graph("bad", List.of(TestGraphs.vertex(0, 1), twin), List.of()),
                ControlError.GRAPH_DUPLICATE_ID);
        JobVertex sameOperator =
                new JobVertex(1, "twin", 1, 128, "default", List.of(TestGraphs.operator(0, "")), List.of());
        assertOnly(
                TestGraphs.graph("bad", List.of(TestGraphs.vertex(0, 1), sameOperator), List.of()),
                ControlError.GRAPH_DUPLICATE_ID);
        JobEdge edge = TestGraphs.edge(0, 0, 1, ExchangeKind.HASH);
        assertOnly(
                TestGraphs.graph("bad", List.of(TestGraphs.vertex(0, 1), TestGraphs.vertex(1, 1)), List.of(edge, edge)),
                ControlError.GRAPH_DUPLICATE_ID);
    }

    @Test
    void forwardNeedsEqualParallelism() {
        JobGraph graph = TestGraphs.graph(
                "bad",
                List.of(TestGraphs.vertex(0, 2), TestGraphs.vertex(1, 3)),
                List.of(TestGraphs.edge(0, 0, 1, ExchangeKind.FORWARD)));
        assertOnly(graph, ControlError.GRAPH_FORWARD_PARALLELISM);
    }

    @Test
    void anEdgeLeadsFromAnOperatorOfItsVertexToAnInput() {
        List<JobVertex> vertices = List.of(TestGraphs.vertex(0, 1), TestGraphs.vertex(1, 1));
        JobEdge wrongOperator = new JobEdge(0, 0, 99, "", 1, 0, ExchangeKind.HASH, OpaqueBytes.EMPTY);
        assertOnly(TestGraphs.graph("bad", vertices, List.of(wrongOperator)), ControlError.GRAPH_DANGLING_EDGE);
        JobEdge wrongInput = new JobEdge(0, 0, 0, "", 1, -1, ExchangeKind.HASH, OpaqueBytes.EMPTY);
        assertOnly(TestGraphs.graph("bad", vertices, List.of(wrongInput)), ControlError.GRAPH_DANGLING_EDGE);
    }

    @Test
    void sizesAndNamesHaveBounds() {
        assertOnly(TestGraphs.line("x".repeat(513), 1), ControlError.JOB_NAME_TOO_LONG);
        JobVertex wide =
                new JobVertex(0, "a", 4_000, 32_768, "default", List.of(TestGraphs.operator(0, "")), List.of());
        JobVertex wideToo =
                new JobVertex(1, "b", 4_000, 32_768, "default", List.of(TestGraphs.operator(10, "")), List.of());
        assertOnly(
                TestGraphs.graph("bad", List.of(wide, wideToo), List.of(TestGraphs.edge(0, 0, 1, ExchangeKind.HASH))),
                ControlError.JOB_TOO_LARGE);
    }

    private static Problem only(JobGraph graph) {
        return GraphRules.check(graph).orElseThrow();
    }

    private static void assertOnly(JobGraph graph, ControlError code) {
        assertThat(only(graph).code()).isEqualTo(code.name());
        assertThat(only(graph).nextStep()).isNotEmpty();
    }
}
