package io.millrace.common.rpc.codec;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.proto.control.GraphProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deployments. An address is written once however many channels lead there. */
public final class DeploymentCodec {
    /** Version of the description that this build writes and reads. */
    public static final int FORMAT_VERSION = 1;

    private DeploymentCodec() {}

    public static GraphProto.SubtaskDeployment encode(SubtaskDeployment deployment) {
        Map<PeerAddress, Integer> peers = new LinkedHashMap<>();
        GraphProto.SubtaskDeployment.Builder wire = GraphProto.SubtaskDeployment.newBuilder()
                .setFormatVersion(FORMAT_VERSION)
                .setId(CommonCodec.encode(deployment.id()))
                .setJobName(deployment.jobName())
                .setVertex(GraphCodec.encode(deployment.vertex()))
                .setSlot(deployment.slot())
                .putAllConfiguration(deployment.configuration());
        for (InputGatePlacement gate : deployment.inputs()) {
            wire.addInputs(GraphProto.InputGate.newBuilder()
                    .setEdge(GraphCodec.encode(gate.edge()))
                    .setChannels(encode(gate.channels(), peers)));
        }
        for (OutputGatePlacement gate : deployment.outputs()) {
            wire.addOutputs(GraphProto.OutputGate.newBuilder()
                    .setEdge(GraphCodec.encode(gate.edge()))
                    .setTargetParallelism(gate.targetParallelism())
                    .setRouting(encode(gate.routing()))
                    .setChannels(encode(gate.channels(), peers)));
        }
        deployment.jars().forEach(jar -> wire.addJars(CommonCodec.encode(jar)));
        if (deployment.restore() != null) {
            wire.setRestore(RestoreCodec.encode(deployment.restore()));
        }
        peers.keySet().forEach(peer -> wire.addPeers(encode(peer)));
        return wire.build();
    }

    /** @throws io.millrace.common.core.error.MillraceException for another format version or values that cannot be */
    public static SubtaskDeployment decode(GraphProto.SubtaskDeployment deployment) {
        Decoding.requireVersion(FORMAT_VERSION, deployment.getFormatVersion(), "The deployment");
        return Decoding.of("a deployment", () -> {
            List<PeerAddress> peers = deployment.getPeersList().stream()
                    .map(DeploymentCodec::decode)
                    .toList();
            return new SubtaskDeployment(
                    CommonCodec.decode(deployment.getId()),
                    deployment.getJobName(),
                    GraphCodec.decode(deployment.getVertex()),
                    deployment.getSlot(),
                    deployment.getInputsList().stream()
                            .map(gate -> new InputGatePlacement(
                                    GraphCodec.decode(gate.getEdge()), decode(gate.getChannels(), peers)))
                            .toList(),
                    deployment.getOutputsList().stream()
                            .map(gate -> new OutputGatePlacement(
                                    GraphCodec.decode(gate.getEdge()),
                                    gate.getTargetParallelism(),
                                    decode(gate.getRouting()),
                                    decode(gate.getChannels(), peers)))
                            .toList(),
                    deployment.getJarsList().stream().map(CommonCodec::decode).toList(),
                    deployment.getConfigurationMap(),
                    deployment.hasRestore() ? RestoreCodec.decode(deployment.getRestore()) : null);
        });
    }

    private static GraphProto.Channels encode(List<ChannelPlacement> channels, Map<PeerAddress, Integer> peers) {
        GraphProto.Channels.Builder wire = GraphProto.Channels.newBuilder();
        for (ChannelPlacement channel : channels) {
            Integer known = peers.putIfAbsent(channel.peer(), peers.size());
            wire.addPeerSubtask(channel.peerSubtask()).addPeer(known != null ? known : peers.size() - 1);
        }
        return wire.build();
    }

    private static List<ChannelPlacement> decode(GraphProto.Channels channels, List<PeerAddress> peers) {
        Decoding.require(
                channels.getPeerSubtaskCount() == channels.getPeerCount(), "a gate", "lists of different lengths");
        List<ChannelPlacement> placements = new ArrayList<>(channels.getPeerCount());
        for (int i = 0; i < channels.getPeerCount(); i++) {
            int peer = channels.getPeer(i);
            Decoding.require(peer >= 0 && peer < peers.size(), "a gate", "peer " + peer + " of " + peers.size());
            placements.add(new ChannelPlacement(channels.getPeerSubtask(i), peers.get(peer)));
        }
        return placements;
    }

    private static GraphProto.KeyGroupRouting encode(KeyGroupRouting routing) {
        GraphProto.KeyGroupRouting.Builder wire =
                GraphProto.KeyGroupRouting.newBuilder().setMaxParallelism(routing.maxParallelism());
        for (KeyGroupRouting.Range range : routing.ranges()) {
            wire.addStarts(range.start()).addEnds(range.end()).addSubtasks(range.subtask());
        }
        return wire.build();
    }

    private static KeyGroupRouting decode(GraphProto.KeyGroupRouting routing) {
        int count = routing.getStartsCount();
        Decoding.require(
                routing.getEndsCount() == count && routing.getSubtasksCount() == count,
                "a routing table",
                "lists of different lengths");
        List<KeyGroupRouting.Range> ranges = new ArrayList<>(count);
        int covered = 0;
        for (int i = 0; i < count; i++) {
            boolean next = routing.getStarts(i) == covered && routing.getEnds(i) >= covered;
            Decoding.require(next, "a routing table", "range " + i + " does not start at group " + covered);
            covered = routing.getEnds(i);
            ranges.add(new KeyGroupRouting.Range(routing.getStarts(i), routing.getEnds(i), routing.getSubtasks(i)));
        }
        Decoding.require(
                covered == routing.getMaxParallelism(),
                "a routing table",
                covered + " of " + routing.getMaxParallelism() + " groups have an owner");
        return new KeyGroupRouting(routing.getMaxParallelism(), ranges);
    }

    static GraphProto.PeerAddress encode(PeerAddress peer) {
        return GraphProto.PeerAddress.newBuilder()
                .setTaskManager(peer.taskManager().name())
                .setIncarnation(peer.incarnation().number())
                .setHost(peer.host())
                .setDataPort(peer.dataPort())
                .build();
    }

    static PeerAddress decode(GraphProto.PeerAddress peer) {
        return address(peer.getTaskManager(), peer.getIncarnation(), peer.getHost(), peer.getDataPort());
    }

    static PeerAddress address(String taskManager, long incarnation, String host, int dataPort) {
        Decoding.require(dataPort > 0 && dataPort <= 65_535, "an address", "port " + dataPort);
        Decoding.require(!host.isBlank(), "an address", "an empty host");
        return new PeerAddress(new TaskManagerId(taskManager), new Incarnation(incarnation), host, dataPort);
    }
}
