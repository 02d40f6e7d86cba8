package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns placed subtasks into what their TaskManagers need to run them.
 *
 * @param restore from where they take up their state; empty for a fresh start
 */
record Deployments(JobGraph graph, ExecutionGraph execution, Optional<RestorePlan> restore) {

    SubtaskDeployment of(Subtask subtask) {
        JobVertex vertex = subtask.vertex();
        int index = subtask.id().index();
        List<InputGatePlacement> inputs = new ArrayList<>();
        List<OutputGatePlacement> outputs = new ArrayList<>();
        for (JobEdge edge : graph.edges()) {
            if (edge.targetVertex() == vertex.id()) {
                inputs.add(new InputGatePlacement(edge, producersOf(edge, index)));
            }
            if (edge.sourceVertex() == vertex.id()) {
                JobVertex target = graph.vertex(edge.targetVertex());
                KeyGroupRouting routing = KeyGroupRouting.even(target.maxParallelism(), target.parallelism());
                outputs.add(new OutputGatePlacement(edge, target.parallelism(), routing, consumersOf(edge, index)));
            }
        }
        return new SubtaskDeployment(
                subtask.id(),
                graph.name(),
                vertex,
                subtask.placement().index(),
                inputs,
                outputs,
                graph.jars(),
                graph.configuration(),
                restore.map(plan -> plan.of(vertex, index)).orElse(null));
    }

    private List<ChannelPlacement> producersOf(JobEdge edge, int consumer) {
        List<Subtask> producers = execution.of(edge.sourceVertex());
        int consumers = execution.of(edge.targetVertex()).size();
        List<ChannelPlacement> channels = new ArrayList<>();
        for (int producer = 0; producer < producers.size(); producer++) {
            if (connects(edge.kind(), producer, producers.size(), consumer, consumers)) {
                channels.add(channelTo(producers.get(producer)));
            }
        }
        return channels;
    }

    private List<ChannelPlacement> consumersOf(JobEdge edge, int producer) {
        List<Subtask> consumers = execution.of(edge.targetVertex());
        int producers = execution.of(edge.sourceVertex()).size();
        List<ChannelPlacement> channels = new ArrayList<>();
        for (int consumer = 0; consumer < consumers.size(); consumer++) {
            if (connects(edge.kind(), producer, producers, consumer, consumers.size())) {
                channels.add(channelTo(consumers.get(consumer)));
            }
        }
        return channels;
    }

    private static ChannelPlacement channelTo(Subtask peer) {
        return new ChannelPlacement(peer.id().index(), peer.placement().taskManager());
    }

    /**
     * Whether there is a channel from a producer to a consumer. A rescale spreads the wider side over the narrower one
     * in contiguous groups whose sizes differ by at most one.
     */
    static boolean connects(ExchangeKind kind, int producer, int producers, int consumer, int consumers) {
        if (kind.connectsAll()) {
            return true;
        }
        if (kind == ExchangeKind.FORWARD) {
            return producer == consumer;
        }
        return producers <= consumers
                ? (long) consumer * producers / consumers == producer
                : (long) producer * consumers / producers == consumer;
    }
}
