package io.millrace.common.rpc.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.OperatorTypes;
import io.millrace.proto.control.GraphProto;
import java.util.Map;
import java.util.stream.Collectors;

/** The job graph. */
public final class GraphCodec {
    private static final EnumCodec<ExchangeKind, GraphProto.ExchangeKind> KINDS =
            new EnumCodec<>("EXCHANGE_KIND_", ExchangeKind.class, GraphProto.ExchangeKind.class);

    private GraphCodec() {}

    public static GraphProto.JobGraph encode(JobGraph graph) {
        GraphProto.JobGraph.Builder wire = GraphProto.JobGraph.newBuilder()
                .setFormatVersion(graph.formatVersion())
                .setName(graph.name())
                .putAllConfiguration(graph.configuration());
        graph.vertices().forEach(vertex -> wire.addVertices(encode(vertex)));
        graph.edges().forEach(edge -> wire.addEdges(encode(edge)));
        graph.jars().forEach(jar -> wire.addJars(CommonCodec.encode(jar)));
        return wire.build();
    }

    /** @throws io.millrace.common.core.error.MillraceException for another format version or values that cannot be */
    public static JobGraph decode(GraphProto.JobGraph graph) {
        Decoding.requireVersion(JobGraph.FORMAT_VERSION, graph.getFormatVersion(), "The job graph");
        return Decoding.of(
                "a job graph",
                () -> new JobGraph(
                        graph.getFormatVersion(),
                        graph.getName(),
                        graph.getVerticesList().stream().map(GraphCodec::decode).toList(),
                        graph.getEdgesList().stream().map(GraphCodec::decode).toList(),
                        graph.getJarsList().stream().map(CommonCodec::decode).toList(),
                        graph.getConfigurationMap()));
    }

    static GraphProto.JobVertex encode(JobVertex vertex) {
        GraphProto.JobVertex.Builder wire = GraphProto.JobVertex.newBuilder()
                .setId(vertex.id())
                .setName(vertex.name())
                .setParallelism(vertex.parallelism())
                .setMaxParallelism(vertex.maxParallelism())
                .setSlotSharingGroup(vertex.slotSharingGroup());
        vertex.operators().forEach(operator -> wire.addOperators(encode(operator)));
        vertex.links().forEach(link -> wire.addLinks(encode(link)));
        return wire.build();
    }

    static JobVertex decode(GraphProto.JobVertex vertex) {
        return new JobVertex(
                vertex.getId(),
                vertex.getName(),
                vertex.getParallelism(),
                vertex.getMaxParallelism(),
                vertex.getSlotSharingGroup(),
                vertex.getOperatorsList().stream().map(GraphCodec::decode).toList(),
                vertex.getLinksList().stream().map(GraphCodec::decode).toList());
    }

    static GraphProto.JobEdge encode(JobEdge edge) {
        return GraphProto.JobEdge.newBuilder()
                .setId(edge.id())
                .setSourceVertex(edge.sourceVertex())
                .setSourceOperator(edge.sourceOperator())
                .setSideOutput(edge.sideOutput())
                .setTargetVertex(edge.targetVertex())
                .setTargetInput(edge.targetInput())
                .setKind(KINDS.encode(edge.kind()))
                .setPayload(encode(edge.payload()))
                .build();
    }

    static JobEdge decode(GraphProto.JobEdge edge) {
        return new JobEdge(
                edge.getId(),
                edge.getSourceVertex(),
                edge.getSourceOperator(),
                edge.getSideOutput(),
                edge.getTargetVertex(),
                edge.getTargetInput(),
                KINDS.decode(edge.getKind()),
                decode(edge.getPayload()));
    }

    private static GraphProto.OperatorNode encode(OperatorNode operator) {
        GraphProto.OperatorNode.Builder wire = GraphProto.OperatorNode.newBuilder()
                .setId(operator.id())
                .setUid(operator.uid())
                .setName(operator.name())
                .setPlace(operator.place())
                .setPayload(encode(operator.payload()));
        operator.types().states().forEach((state, description) -> wire.putStates(state, encode(description)));
        operator.types().outputs().forEach((output, description) -> wire.putOutputs(output, encode(description)));
        return wire.build();
    }

    private static OperatorNode decode(GraphProto.OperatorNode operator) {
        return new OperatorNode(
                operator.getId(),
                operator.getUid(),
                operator.getName(),
                operator.getPlace(),
                decode(operator.getPayload()),
                new OperatorTypes(decode(operator.getStatesMap()), decode(operator.getOutputsMap())));
    }

    private static Map<String, OpaqueBytes> decode(Map<String, ByteString> descriptions) {
        return descriptions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> decode(entry.getValue())));
    }

    private static GraphProto.ChainLink encode(ChainLink link) {
        return GraphProto.ChainLink.newBuilder()
                .setFrom(link.from())
                .setTo(link.to())
                .setInput(link.input())
                .setSideOutput(link.sideOutput())
                .build();
    }

    private static ChainLink decode(GraphProto.ChainLink link) {
        return new ChainLink(link.getFrom(), link.getTo(), link.getInput(), link.getSideOutput());
    }

    /** Shares the array: opaque bytes are never changed. */
    static ByteString encode(OpaqueBytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    static OpaqueBytes decode(ByteString bytes) {
        return bytes.isEmpty() ? OpaqueBytes.EMPTY : new OpaqueBytes(bytes.toByteArray());
    }
}
