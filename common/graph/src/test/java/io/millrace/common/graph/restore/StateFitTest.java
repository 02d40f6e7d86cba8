package io.millrace.common.graph.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.ChainLink;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateFitTest {

    /** A chain of operators with these uids; an empty one is none. */
    private static JobGraph chain(int maxParallelism, String... uids) {
        List<OperatorNode> operators = IntStream.range(0, uids.length)
                .mapToObj(id -> new OperatorNode(id, uids[id], "n" + id, "", OpaqueBytes.EMPTY))
                .toList();
        List<ChainLink> links = IntStream.range(1, uids.length)
                .mapToObj(id -> new ChainLink(id - 1, id, 0, ""))
                .toList();
        JobVertex vertex = new JobVertex(0, "v", 1, maxParallelism, "default", operators, links);
        return new JobGraph(1, "job", List.of(vertex), List.of(), List.of(), Map.of());
    }

    /** Every operator of the graph has state of a kind. */
    private static CheckpointManifest snapshotOf(JobGraph graph, PartKind kind) {
        JobVertex vertex = graph.vertices().get(0);
        int groups = kind == PartKind.KEYED_BASE ? vertex.maxParallelism() : 0;
        StatePart part = new StatePart(kind, "s", 0, groups, 0, 44, 10, 1);
        List<OperatorSnapshot> operators = new ArrayList<>();
        Map<Integer, String> identities = OperatorIdentities.of(graph);
        for (OperatorNode node : vertex.operators()) {
            operators.add(new OperatorSnapshot(
                    identities.getOrDefault(node.id(), ""),
                    node.name(),
                    1,
                    vertex.maxParallelism(),
                    List.of(),
                    List.of(new SubtaskSnapshot(0, List.of(part)))));
        }
        return new CheckpointManifest(
                new JobId(1, 2), "job", 7, 1, true, 0, 0, List.of(new SegmentFile("7/a-0", 99, 1)), operators);
    }

    private static StateFit fit(CheckpointManifest manifest, JobGraph graph) {
        return StateFit.of(manifest, graph, OperatorIdentities.of(graph));
    }

    private static CheckpointManifest keyed(JobGraph graph) {
        return snapshotOf(graph, PartKind.KEYED_BASE);
    }

    @Test
    void theSameJobTakesUpEverything() {
        JobGraph graph = chain(128, "a", "", "c");
        StateFit fit = fit(keyed(graph), graph);
        assertThat(fit.taken().keySet()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(fit.fresh()).isEmpty();
        assertThat(fit.refusal(false)).isEmpty();
    }

    @Test
    void stateOfAnOperatorThatIsGoneIsRefusedUnlessItMayBeLeftBehind() {
        StateFit fit = fit(keyed(chain(128, "a", "b")), chain(128, "a", "c"));
        assertThat(fit.refusal(false).map(Problem::code)).contains("STATE_WITHOUT_OPERATOR");
        assertThat(fit.refusal(false).orElseThrow().what()).contains("'n1' (uid:b)");
        assertThat(fit.refusal(true)).isEmpty();
        assertThat(fit.dropped()).extracting(OperatorSnapshot::identity).containsExactly("uid:b");
        assertThat(fit.fresh()).extracting(OperatorNode::uid).containsExactly("c");
    }

    @Test
    void keyedStateNeedsTheSameKeyGroupsAndOtherStateDoesNot() {
        JobGraph smaller = chain(64, "a");
        assertThat(fit(keyed(chain(128, "a")), smaller).refusal(true).map(Problem::code))
                .contains("MAX_PARALLELISM_CHANGED");
        assertThat(fit(snapshotOf(chain(128, "a"), PartKind.SPLITS), smaller).refusal(false))
                .isEmpty();
    }

    private static OpaqueBytes described(String line) {
        return new OpaqueBytes(line.getBytes(StandardCharsets.UTF_8));
    }

    /** A job whose one operator has a state of this type. */
    private static JobGraph typed(String name, String type) {
        Map<String, OpaqueBytes> states = Map.of("", described("String\nkey String"), name, described(type));
        OperatorNode node = new OperatorNode(0, "a", "n0", "", OpaqueBytes.EMPTY, new OperatorTypes(states, Map.of()));
        JobVertex vertex = new JobVertex(0, "v", 1, 128, "default", List.of(node), List.of());
        return new JobGraph(1, "job", List.of(vertex), List.of(), List.of(), Map.of());
    }

    private static CheckpointManifest written(String name, String type) {
        CheckpointManifest plain = keyed(typed(name, type));
        OperatorSnapshot was = plain.operators().get(0);
        List<StateSchema> schemas = List.of(
                new StateSchema("", described("String\nkey String")),
                new StateSchema(name, described(type)),
                new StateSchema("class:a.B", described("not a state")));
        OperatorSnapshot operator = new OperatorSnapshot(
                was.identity(), was.name(), was.parallelism(), was.maxParallelism(), schemas, was.subtasks());
        return new CheckpointManifest(plain.job(), "job", 7, 1, true, 0, 0, plain.files(), List.of(operator));
    }

    private static List<String> results(StateFit fit) {
        return fit.states().stream()
                .map(match -> match.state() + "=" + match.result())
                .toList();
    }

    @Test
    void statesWhoseTypesAreKnownAreComparedByName() {
        String ints = "value of Integer\nvalue Integer";
        StateFit same = fit(written("sum", ints), typed("sum", ints));
        assertThat(results(same)).containsExactly("=MATCHES", "sum=MATCHES");
        assertThat(same.refusal(false)).isEmpty();

        StateFit wider = fit(written("sum", ints), typed("sum", "value of Long\nvalue Long"));
        assertThat(results(wider)).containsExactly("=MATCHES", "sum=MIGRATES");
        assertThat(wider.states().get(1).migration().changes()).containsExactly("it widens from Integer to Long");
        assertThat(wider.refusal(false)).isEmpty();

        StateFit renamed = fit(written("sum", ints), typed("total", ints));
        assertThat(results(renamed)).containsExactly("=MATCHES", "sum=KNOWN_WHEN_OPENED", "total=NEW");
        assertThat(renamed.refusal(false)).isEmpty();
    }

    @Test
    void stateOfATypeThatCannotBeReadIsRefusedByNameBeforeTheJobStarts() {
        StateFit fit = fit(
                written("sum", "value of Order\nvalue @0\nrecord a.Order price:long"),
                typed("sum", "value of Order\nvalue @0\nrecord a.Order price:String"));
        assertThat(results(fit)).containsExactly("=MATCHES", "sum=REFUSED");
        Problem refusal = fit.refusal(true).orElseThrow();
        assertThat(refusal.code()).isEqualTo("STATE_INCOMPATIBLE");
        assertThat(refusal.what()).startsWith("Operator 'n0' (uid:a): State 'sum' does not fit: Order.price is ");
        assertThat(refusal.nextStep()).isNotEmpty();
    }

    @Test
    void stateThatCouldBeThatOfSeveralIsRefusedEvenIfSomeMayBeLeftBehind() {
        List<OperatorNode> twins = List.of(
                new OperatorNode(0, "s", "source", "", OpaqueBytes.EMPTY),
                new OperatorNode(1, "", "one", "", OpaqueBytes.EMPTY),
                new OperatorNode(2, "", "two", "", OpaqueBytes.EMPTY));
        List<OperatorNode> more = new ArrayList<>(twins);
        more.add(new OperatorNode(3, "", "three", "", OpaqueBytes.EMPTY));
        StateFit fit = fit(keyed(fan(twins)), fan(more));
        assertThat(fit.refusal(true).map(Problem::code)).contains("STATE_AMBIGUOUS");
        assertThat(fit.ambiguous()).hasSize(2);
    }

    private static JobGraph fan(List<OperatorNode> operators) {
        List<ChainLink> links = operators.stream()
                .skip(1)
                .map(node -> new ChainLink(0, node.id(), 0, ""))
                .toList();
        JobVertex vertex = new JobVertex(0, "v", 1, 128, "default", operators, links);
        return new JobGraph(1, "job", List.of(vertex), List.of(), List.of(), Map.of());
    }
}
