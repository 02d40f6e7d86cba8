package io.millrace.jobmanager.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.resource.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeploymentsTest {
    private static final JobId JOB = new JobId(1, 2);

    @Test
    void aHashExchangeConnectsAllAndRoutesEveryKeyGroup() {
        Deployments deployments = place(TestGraphs.line("words", 2, 3), 3);
        SubtaskDeployment source = deployments.of(deployments.execution().of(0).get(1));
        assertThat(source.inputs()).isEmpty();
        assertThat(source.outputs()).hasSize(1);
        assertThat(source.outputs().get(0).targetParallelism()).isEqualTo(3);
        assertThat(source.outputs().get(0).routing()).isEqualTo(KeyGroupRouting.even(128, 3));
        assertThat(source.outputs().get(0).channels())
                .containsExactly(
                        new ChannelPlacement(0, peer(0)),
                        new ChannelPlacement(1, peer(1)),
                        new ChannelPlacement(2, peer(2)));
        SubtaskDeployment sink = deployments.of(deployments.execution().of(1).get(2));
        assertThat(sink.inputs().get(0).channels())
                .containsExactly(new ChannelPlacement(0, peer(0)), new ChannelPlacement(1, peer(1)));
        assertThat(sink.slot()).isEqualTo(2);
    }

    @Test
    void slotSharingGroupsHaveSlotsOfTheirOwn() {
        JobGraph graph = TestGraphs.graph(
                "groups",
                List.of(TestGraphs.vertex(0, 1), TestGraphs.vertex(1, 3), TestGraphs.vertex(2, 2, "blue")),
                List.of());
        SlotSharing sharing = new SlotSharing(graph);
        assertThat(sharing.slotsNeeded()).isEqualTo(5);
        assertThat(sharing.slotOf(graph.vertex(0), 0)).isEqualTo(sharing.slotOf(graph.vertex(1), 0));
        assertThat(sharing.slotOf(graph.vertex(2), 0)).isEqualTo(3);
    }

    @Property
    void aSlotHoldsAtMostOneSubtaskOfEachVertex(
            @ForAll @IntRange(min = 1, max = 6) int a,
            @ForAll @IntRange(min = 1, max = 6) int b,
            @ForAll @IntRange(min = 1, max = 6) int c,
            @ForAll boolean apart) {
        JobGraph graph = TestGraphs.graph(
                "any",
                List.of(
                        TestGraphs.vertex(0, a),
                        TestGraphs.vertex(1, b, apart ? "blue" : "default"),
                        TestGraphs.vertex(2, c)),
                List.of());
        SlotSharing sharing = new SlotSharing(graph);
        assertThat(sharing.slotsNeeded()).isEqualTo(apart ? Math.max(a, c) + b : Math.max(Math.max(a, b), c));
        Set<List<Integer>> taken = new HashSet<>();
        graph.vertices().forEach(vertex -> {
            for (int index = 0; index < vertex.parallelism(); index++) {
                int slot = sharing.slotOf(vertex, index);
                assertThat(slot).isBetween(0, sharing.slotsNeeded() - 1);
                assertThat(taken.add(List.of(vertex.id(), slot))).isTrue();
            }
        });
    }

    /** Both ends of every channel are deployed, whatever the exchange. */
    @Property
    void producersAndConsumersAgreeOnTheirChannels(
            @ForAll ExchangeKind kind,
            @ForAll @IntRange(min = 1, max = 9) int producers,
            @ForAll @IntRange(min = 1, max = 9) int anyConsumers) {
        int consumers = kind == ExchangeKind.FORWARD ? producers : anyConsumers;
        JobGraph graph = TestGraphs.graph(
                "any",
                List.of(TestGraphs.vertex(0, producers), TestGraphs.vertex(1, consumers)),
                List.of(TestGraphs.edge(0, 0, 1, kind)));
        Deployments deployments = place(graph, Math.max(producers, consumers));
        Set<List<Integer>> outgoing = new HashSet<>();
        for (Subtask subtask : deployments.execution().of(0)) {
            List<ChannelPlacement> channels =
                    deployments.of(subtask).outputs().get(0).channels();
            assertThat(channels).isNotEmpty();
            channels.forEach(channel -> {
                assertThat(channel.peer()).isEqualTo(peer(channel.peerSubtask()));
                assertThat(outgoing.add(List.of(subtask.id().index(), channel.peerSubtask())))
                        .isTrue();
            });
        }
        Set<List<Integer>> incoming = new HashSet<>();
        for (Subtask subtask : deployments.execution().of(1)) {
            List<ChannelPlacement> channels =
                    deployments.of(subtask).inputs().get(0).channels();
            assertThat(channels).isNotEmpty();
            channels.forEach(channel ->
                    incoming.add(List.of(channel.peerSubtask(), subtask.id().index())));
        }
        assertThat(incoming).isEqualTo(outgoing);
        if (kind == ExchangeKind.RESCALE) {
            assertThat(outgoing).hasSize(Math.max(producers, consumers));
        }
    }

    private static Deployments place(JobGraph graph, int taskManagers) {
        ExecutionGraph execution = new ExecutionGraph(JOB, 1, graph);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < taskManagers; i++) {
            slots.add(new Slot(peer(i), i));
        }
        execution.place(slots, new SlotSharing(graph));
        return new Deployments(graph, execution, Optional.empty());
    }

    private static PeerAddress peer(int number) {
        return new PeerAddress(new TaskManagerId("tm-" + number), new Incarnation(number), "127.0.0.1", 6_000 + number);
    }
}
