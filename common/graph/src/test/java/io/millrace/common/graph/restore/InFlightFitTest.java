package io.millrace.common.graph.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.OperatorTypes;
import io.millrace.common.graph.identity.OperatorIdentities;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InFlightFitTest {
    private static final String INTEGER = "Integer\nelements Integer";
    private static final String LONG = "Long\nelements Long";

    private static OperatorNode node(int id, String uid, String elements) {
        Map<String, OpaqueBytes> outputs = elements.isEmpty() ? Map.of() : Map.of("", bytes(elements));
        return new OperatorNode(id, uid, "n" + id, "", OpaqueBytes.EMPTY, new OperatorTypes(Map.of(), outputs));
    }

    private static OpaqueBytes bytes(String text) {
        return new OpaqueBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JobVertex vertex(int id, int parallelism, OperatorNode... nodes) {
        List<ChainLink> links = new ArrayList<>();
        for (int i = 1; i < nodes.length; i++) {
            links.add(new ChainLink(nodes[i - 1].id(), nodes[i].id(), 0, ""));
        }
        return new JobVertex(id, "v" + id, parallelism, 128, "default", List.of(nodes), links);
    }

    /** One operator that sends to another. */
    private static JobGraph pair(String sender, String elements, ExchangeKind kind, int parallelism) {
        List<JobVertex> vertices =
                List.of(vertex(0, 1, node(0, sender, elements)), vertex(1, parallelism, node(1, "b", "")));
        JobEdge edge = new JobEdge(0, 0, 0, "", 1, 0, kind, OpaqueBytes.EMPTY);
        return new JobGraph(1, "job", vertices, List.of(edge), List.of(), Map.of());
    }

    private static List<StateSchema> inflows(JobGraph graph) {
        JobVertex target = graph.vertices().get(1);
        Map<Integer, String> identities = OperatorIdentities.of(graph);
        return Inflow.written(Inflow.of(graph, target, target.head(), node -> identities.getOrDefault(node.id(), "")));
    }

    /** Elements were on their way to the second operator. */
    private static CheckpointManifest written(List<StateSchema> schemas) {
        StatePart part = new StatePart(PartKind.IN_FLIGHT, "", 0, 0, 0, 44, 10, 1);
        OperatorSnapshot operator =
                new OperatorSnapshot("uid:b", "n1", 2, 128, schemas, List.of(new SubtaskSnapshot(1, List.of(part))));
        return new CheckpointManifest(
                new JobId(1, 2), "job", 7, 1, false, 0, 0, List.of(new SegmentFile("7/a-0", 99, 1)), List.of(operator));
    }

    private static StateFit fit(JobGraph was, JobGraph is) {
        return StateFit.of(written(inflows(was)), is, OperatorIdentities.of(is));
    }

    private static void refused(JobGraph was, JobGraph is, String mismatch) {
        Problem refusal = fit(was, is).refusal(true).orElseThrow();
        assertThat(refusal.code()).isEqualTo("IN_FLIGHT_INCOMPATIBLE");
        assertThat(refusal.what()).contains("'n1' (uid:b)", mismatch);
        assertThat(refusal.nextStep()).contains("millrace savepoint");
    }

    @Test
    void elementsGoOnOverTheSameExchangeAtAnyParallelism() {
        for (ExchangeKind kind : List.of(ExchangeKind.HASH, ExchangeKind.REBALANCE, ExchangeKind.CUSTOM)) {
            for (int parallelism : new int[] {1, 2, 5}) {
                StateFit fit = fit(pair("a", LONG, kind, 2), pair("a", LONG, kind, parallelism));
                assertThat(fit.refusal(false)).isEmpty();
                assertThat(fit.inFlight()).singleElement().satisfies(one -> {
                    assertThat(one.fits()).isTrue();
                    assertThat(one.bytes()).isEqualTo(10);
                });
            }
        }
        assertThat(fit(pair("", LONG, ExchangeKind.HASH, 2), pair("", LONG, ExchangeKind.HASH, 3))
                        .refusal(false))
                .isEmpty();
    }

    @Test
    void anExchangeThatKeepsNoOrderAmongSubtasksMayBecomeAnotherSuchOneOrACall() {
        JobGraph was = pair("a", LONG, ExchangeKind.REBALANCE, 2);
        assertThat(fit(was, pair("a", LONG, ExchangeKind.FORWARD, 1)).refusal(false))
                .isEmpty();
        JobVertex chain = vertex(0, 1, node(0, "a", LONG), node(1, "b", ""));
        JobGraph chained = new JobGraph(1, "job", List.of(chain), List.of(), List.of(), Map.of());
        assertThat(fit(was, chained).refusal(false)).isEmpty();
    }

    @Test
    void anotherSenderAnotherTypeOrAnotherWayToASubtaskIsRefusedByName() {
        JobGraph was = pair("a", INTEGER, ExchangeKind.HASH, 2);
        refused(
                was,
                pair("c", INTEGER, ExchangeKind.HASH, 2),
                "input 0 is Integer from uid:c by hash and was Integer from uid:a by hash");
        refused(was, pair("a", LONG, ExchangeKind.HASH, 2), "input 0 is Long from uid:a by hash and was Integer");
        refused(was, pair("a", INTEGER, ExchangeKind.REBALANCE, 2), "input 0 is Integer from uid:a and was");
        refused(was, pair("a", INTEGER, ExchangeKind.CUSTOM, 2), "by custom and was");
        JobVertex alone = vertex(0, 1, node(1, "b", ""));
        refused(
                was,
                new JobGraph(1, "job", List.of(alone), List.of(), List.of(), Map.of()),
                "input 0 is nothing and was");
    }

    @Test
    void whatWasWrittenBeforeInputsWereDescribedIsForTheTaskToJudge() {
        JobGraph is = pair("c", LONG, ExchangeKind.HASH, 2);
        StateFit fit = StateFit.of(written(List.of()), is, OperatorIdentities.of(is));
        assertThat(fit.refusal(false)).isEmpty();
        assertThat(fit.inFlight()).hasSize(1);
    }
}
