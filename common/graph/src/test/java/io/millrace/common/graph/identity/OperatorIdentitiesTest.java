package io.millrace.common.graph.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorIdentitiesTest {
    /** One operator per vertex, both of one number. */
    private final List<JobVertex> vertices = new ArrayList<>();

    private final List<JobEdge> edges = new ArrayList<>();

    private OperatorIdentitiesTest add(int id, String uid) {
        OperatorNode node =
                new OperatorNode(id, uid, "n" + id, "Job.java:" + id, new OpaqueBytes(new byte[] {(byte) id}));
        vertices.add(new JobVertex(id, "v" + id, 1, 128, "default", List.of(node), List.of()));
        return this;
    }

    private OperatorIdentitiesTest connect(int from, int to, ExchangeKind kind) {
        edges.add(new JobEdge(edges.size(), from, from, "", to, 0, kind, OpaqueBytes.EMPTY));
        return this;
    }

    private Map<Integer, String> identities() {
        return OperatorIdentities.of(graph());
    }

    private JobGraph graph() {
        return new JobGraph(JobGraph.FORMAT_VERSION, "job", vertices, edges, List.of(), Map.of());
    }

    /** Source 1, keyed operator 2, sink 3. */
    private static OperatorIdentitiesTest line() {
        return new OperatorIdentitiesTest()
                .add(1, "")
                .add(2, "")
                .add(3, "")
                .connect(1, 2, ExchangeKind.HASH)
                .connect(2, 3, ExchangeKind.FORWARD);
    }

    @Test
    void anOperatorWithAUidIsKnownByIt() {
        assertThat(new OperatorIdentitiesTest().add(1, "counts").identities()).containsEntry(1, "uid:counts");
    }

    @Test
    void namesPlacesPayloadsAndParallelismDoNotCount() {
        JobGraph graph = line().graph();
        List<JobVertex> others = graph.vertices().stream()
                .map(vertex -> new JobVertex(
                        vertex.id(),
                        "other",
                        7,
                        256,
                        "group",
                        List.of(new OperatorNode(vertex.head().id(), "", "other", "Other.java:9", OpaqueBytes.EMPTY)),
                        List.of()))
                .toList();
        JobGraph other = new JobGraph(1, "other", others, graph.edges(), List.of(), Map.of("a", "b"));
        assertThat(OperatorIdentities.of(other)).isEqualTo(OperatorIdentities.of(graph));
    }

    @Test
    void chainedOrNotAnOperatorIsTheSame() {
        OperatorNode head = new OperatorNode(2, "", "n", "", OpaqueBytes.EMPTY);
        OperatorNode tail = new OperatorNode(3, "", "n", "", OpaqueBytes.EMPTY);
        OperatorIdentitiesTest chained = new OperatorIdentitiesTest().add(1, "");
        chained.vertices.add(
                new JobVertex(2, "v", 1, 128, "default", List.of(head, tail), List.of(new ChainLink(2, 3, 0, ""))));
        chained.connect(1, 2, ExchangeKind.HASH);
        assertThat(chained.identities()).isEqualTo(line().identities());
    }

    @Test
    void numbersOfOperatorsAndTheOrderOfDeclarationDoNotCount() {
        Map<Integer, String> line = line().identities();
        Map<Integer, String> renumbered = new OperatorIdentitiesTest()
                .add(9, "")
                .add(7, "")
                .add(4, "")
                .connect(7, 4, ExchangeKind.REBALANCE)
                .connect(9, 7, ExchangeKind.HASH)
                .identities();
        assertThat(List.of(renumbered.get(9), renumbered.get(7), renumbered.get(4)))
                .containsExactly(line.get(1), line.get(2), line.get(3));
    }

    @Test
    void anotherBranchElsewhereChangesNothing() {
        OperatorIdentitiesTest more = line().add(11, "other")
                .add(12, "")
                .add(13, "")
                .connect(11, 12, ExchangeKind.HASH)
                .connect(12, 13, ExchangeKind.FORWARD);
        assertThat(more.identities()).containsAllEntriesOf(line().identities());
    }

    @Test
    void anotherBranchOfTheSameStreamLeavesAMatch() {
        Map<Integer, String> old = line().identities();
        Map<Integer, String> grown = line().add(4, "")
                .add(5, "")
                .add(6, "")
                .connect(1, 4, ExchangeKind.HASH)
                .connect(4, 5, ExchangeKind.HASH)
                .connect(5, 6, ExchangeKind.FORWARD)
                .identities();
        IdentityMatch match = IdentityMatch.of(old.values(), grown.values());
        assertThat(match.matched())
                .containsEntry(old.get(1), grown.get(1))
                .containsEntry(old.get(2), grown.get(2))
                .containsEntry(old.get(3), grown.get(3));
        assertThat(match.ambiguous()).isEmpty();
        assertThat(match.dropped()).isEmpty();
    }

    @Test
    void keyedAndUnkeyedOperatorsAreNotTheSame() {
        Map<Integer, String> unkeyed = new OperatorIdentitiesTest()
                .add(1, "")
                .add(2, "")
                .add(3, "")
                .connect(1, 2, ExchangeKind.REBALANCE)
                .connect(2, 3, ExchangeKind.FORWARD)
                .identities();
        IdentityMatch match = IdentityMatch.of(List.of(line().identities().get(2)), unkeyed.values());
        assertThat(match.matched()).isEmpty();
        assertThat(match.dropped()).hasSize(1);
    }

    private static OperatorIdentitiesTest twins() {
        return line().add(4, "").add(5, "").connect(1, 4, ExchangeKind.HASH).connect(4, 5, ExchangeKind.FORWARD);
    }

    @Test
    void twinsHaveDifferentIdentitiesThatMatchInTheSameGraphOnly() {
        Map<Integer, String> twins = twins().identities();
        assertThat(new HashSet<>(twins.values())).hasSize(5);
        assertThat(IdentityMatch.of(twins.values(), twins().identities().values())
                        .matched())
                .hasSize(5);

        Map<Integer, String> three = twins().add(6, "")
                .add(7, "")
                .connect(1, 6, ExchangeKind.HASH)
                .connect(6, 7, ExchangeKind.FORWARD)
                .identities();
        IdentityMatch match = IdentityMatch.of(twins.values(), three.values());
        assertThat(match.matched()).containsOnlyKeys(twins.get(1));
        assertThat(match.ambiguous()).hasSize(4);
    }

    @Test
    void aTwinThatIsLeftAloneIsAmbiguousToo() {
        Map<Integer, String> twins = twins().identities();
        IdentityMatch match =
                IdentityMatch.of(twins.values(), line().identities().values());
        assertThat(match.ambiguous()).contains(twins.get(2), twins.get(4));
    }

    @Test
    void aUidStopsWhatLiesBeyondItFromCounting() {
        Map<Integer, String> plain = new OperatorIdentitiesTest()
                .add(1, "in")
                .add(2, "")
                .connect(1, 2, ExchangeKind.HASH)
                .identities();
        Map<Integer, String> longer = new OperatorIdentitiesTest()
                .add(0, "")
                .add(1, "in")
                .add(2, "")
                .connect(0, 1, ExchangeKind.FORWARD)
                .connect(1, 2, ExchangeKind.HASH)
                .identities();
        assertThat(longer.get(2)).isEqualTo(plain.get(2));
    }

    @Test
    void aLongChainIsNoDeepRecursion() {
        OperatorIdentitiesTest deep = new OperatorIdentitiesTest().add(0, "");
        for (int i = 1; i < 3_000; i++) {
            deep.add(i, "").connect(i - 1, i, ExchangeKind.FORWARD);
        }
        assertThat(new HashSet<>(deep.identities().values())).hasSize(3_000);
    }
}
