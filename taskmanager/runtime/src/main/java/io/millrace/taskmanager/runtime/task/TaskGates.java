package io.millrace.taskmanager.runtime.task;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.Partitioner;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.runtime.exchange.AddressedOutput;
import io.millrace.taskmanager.runtime.exchange.BroadcastOutput;
import io.millrace.taskmanager.runtime.exchange.CustomOutput;
import io.millrace.taskmanager.runtime.exchange.Exchanges;
import io.millrace.taskmanager.runtime.exchange.GateOutput;
import io.millrace.taskmanager.runtime.exchange.HashOutput;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.exchange.Outlet;
import io.millrace.taskmanager.runtime.exchange.OutputChannel;
import io.millrace.taskmanager.runtime.exchange.RoundRobinOutput;
import io.millrace.taskmanager.runtime.exchange.ShuffleOutput;
import io.millrace.taskmanager.runtime.exchange.SingleOutput;
import io.millrace.taskmanager.runtime.source.EnumeratorMessageSerializer;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the incoming channels and outgoing gates of one task as its deployment places them. */
final class TaskGates {
    private final SubtaskDeployment deployment;
    private final TaskContext context;
    private final ChainParts parts;
    private final Exchanges exchanges;
    private final List<OutputChannel> assignmentChannels = new ArrayList<>();

    TaskGates(SubtaskDeployment deployment, TaskContext context, ChainParts parts) {
        this.deployment = deployment;
        this.context = context;
        this.parts = parts;
        TaskServices services = context.services();
        this.exchanges = new Exchanges(
                services.dataPlane(),
                services.localChannels(),
                context.signal(),
                parts.brake(),
                services.channelCredits(),
                context.objectReuse());
    }

    /**
     * The receiving ends of all gates.
     *
     * @param reader the head operator, for errors
     */
    List<InputLane> inputs(OperatorScope reader) {
        List<InputLane> lanes = new ArrayList<>();
        for (InputGatePlacement placement : deployment.inputs()) {
            Check.invariant(placement.edge().targetInput() == 0, "operators have one input");
            ExchangeSpec<Object, Object> spec = spec(placement.edge());
            TypeSerializer<Object> serializer = serializer(spec);
            int place = deployment.inputs().indexOf(placement);
            InputGate gate = new InputGate(place, placement.edge().kind(), spec, serializer, reader);
            List<InputChannel> channels = new ArrayList<>();
            openInputs(placement, serializer, reader, channels);
            for (int i = 0; i < channels.size(); i++) {
                lanes.add(new InputLane(gate, placement.channels().get(i).peerSubtask(), channels.get(i)));
            }
        }
        return lanes;
    }

    /** The receiving end of the channel from the enumerator. */
    InputChannel assignments(OperatorScope reader) {
        List<InputChannel> channels = new ArrayList<>();
        for (InputGatePlacement gate : deployment.inputs()) {
            Check.invariant(gate.edge().kind() == ExchangeKind.ASSIGNMENT, "a reader takes assignments only");
            openInputs(gate, new EnumeratorMessageSerializer(), reader, channels);
        }
        Check.invariant(channels.size() == 1, "a reader has one enumerator");
        return channels.get(0);
    }

    private void openInputs(
            InputGatePlacement gate,
            TypeSerializer<Object> serializer,
            OperatorScope reader,
            List<InputChannel> channels) {
        SubtaskId id = deployment.id();
        for (ChannelPlacement placement : gate.channels()) {
            ChannelId channel =
                    new ChannelId(id.job(), id.run(), gate.edge().id(), placement.peerSubtask(), id.index());
            InputChannel opened = exchanges.input(channel, placement.peer(), serializer, reader);
            parts.releases().add(opened::close);
            channels.add(opened);
        }
    }

    /** The gates that an operator's main output or one of its side outputs feeds. */
    List<Output> outputs(OperatorNode node, String side, OperatorScope scope) {
        List<Output> gates = new ArrayList<>();
        for (OutputGatePlacement gate : deployment.outputs()) {
            if (gate.edge().sourceOperator() == node.id()
                    && gate.edge().sideOutput().equals(side)) {
                gates.add(gate(gate, scope));
            }
        }
        return gates;
    }

    /** The gate to the readers of an enumerator. */
    Output assignmentOutput(OperatorScope scope) {
        Check.invariant(deployment.outputs().size() == 1, "an enumerator feeds one vertex of readers");
        OutputGatePlacement gate = deployment.outputs().get(0);
        TypeSerializer<Object> serializer = new EnumeratorMessageSerializer();
        OutputChannel[] channels = openOutputs(gate, serializer, exchanges.copier(serializer), scope);
        assignmentChannels.addAll(List.of(channels));
        return new AddressedOutput(scope, channels);
    }

    /** The channels of {@link #assignmentOutput}, in order of the readers. */
    List<OutputChannel> assignmentChannels() {
        return assignmentChannels;
    }

    private OutputChannel[] openOutputs(
            OutputGatePlacement gate,
            TypeSerializer<Object> serializer,
            @Nullable TypeSerializer<Object> copier,
            OperatorScope scope) {
        SubtaskId id = deployment.id();
        List<OutputChannel> channels = new ArrayList<>();
        for (ChannelPlacement placement : gate.channels()) {
            ChannelId channel =
                    new ChannelId(id.job(), id.run(), gate.edge().id(), id.index(), placement.peerSubtask());
            OutputChannel output = exchanges.output(channel, placement.peer(), serializer, copier, scope);
            parts.outputs().add(output);
            channels.add(output);
        }
        return channels.toArray(OutputChannel[]::new);
    }

    private GateOutput gate(OutputGatePlacement placement, OperatorScope scope) {
        ExchangeSpec<Object, Object> spec = spec(placement.edge());
        ExchangeKind kind = placement.edge().kind();
        TypeSerializer<Object> serializer = serializer(spec);
        TypeSerializer<Object> copier = exchanges.copier(serializer);
        if (kind == ExchangeKind.HASH && placement.channels().size() > 1) {
            OutputChannel[] channels = openOutputs(placement, serializer, null, scope);
            return hash(placement, spec, scope, channels, copier);
        }
        OutputChannel[] channels = openOutputs(placement, serializer, copier, scope);
        if (channels.length == 1 && kind != ExchangeKind.CUSTOM) {
            return new SingleOutput(scope, channels, channels[0]);
        }
        return switch (kind) {
            case FORWARD, GLOBAL, HASH -> new SingleOutput(scope, channels, channels[0]);
            case REBALANCE, RESCALE ->
                new RoundRobinOutput(scope, channels, deployment.id().index() % channels.length);
            case SHUFFLE -> new ShuffleOutput(scope, channels, seed(placement));
            case BROADCAST -> new BroadcastOutput(scope, channels);
            case CUSTOM -> custom(spec, scope, channels);
            case ASSIGNMENT -> throw new IllegalStateException("Only an enumerator feeds readers");
        };
    }

    private GateOutput hash(
            OutputGatePlacement placement,
            ExchangeSpec<Object, Object> spec,
            OperatorScope scope,
            OutputChannel[] channels,
            @Nullable TypeSerializer<Object> copier) {
        Keying<Object, Object> keying = spec.keying();
        Check.invariant(keying != null, "a hash exchange has a key");
        KeyHasher<Object> hasher = context.code().serializers().hasher(keying.keyType());
        GateOutput gate = context.services()
                .positionClasses()
                .create(
                        GateOutput.class,
                        HashOutput.class,
                        parts.releases(),
                        scope,
                        channels,
                        keying,
                        hasher,
                        placement.routing().toTable(),
                        copier);
        parts.outputs().addFirst((Outlet) gate);
        return gate;
    }

    private static GateOutput custom(ExchangeSpec<Object, Object> spec, OperatorScope scope, OutputChannel[] channels) {
        Keying<Object, Object> keying = spec.keying();
        Partitioner<Object> partitioner = spec.partitioner();
        Check.invariant(keying != null && partitioner != null, "a custom exchange has a key and a partitioner");
        KeySelector<Object, Object> selector = keying.selector();
        return new CustomOutput(scope, channels, selector, partitioner);
    }

    /** Differs between jobs, edges and subtasks, and is the same when a run is repeated. */
    private long seed(OutputGatePlacement placement) {
        SubtaskId id = deployment.id();
        long mixed = id.job().leastSignificant() + 31L * placement.edge().id() + id.index();
        mixed *= 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ (mixed >>> 32);
    }

    private TypeSerializer<Object> serializer(ExchangeSpec<Object, Object> spec) {
        return context.code()
                .serializers()
                .serializer(spec.elementType(), context.code().userClassLoader());
    }

    @SuppressWarnings("unchecked") // elements are handled as objects
    private ExchangeSpec<Object, Object> spec(JobEdge edge) {
        byte[] payload = edge.payload().array();
        return (ExchangeSpec<Object, Object>)
                context.services().plans().readExchange(payload, context.code().userClassLoader());
    }
}
