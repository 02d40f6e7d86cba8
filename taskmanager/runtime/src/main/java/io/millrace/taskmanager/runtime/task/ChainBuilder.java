package io.millrace.taskmanager.runtime.task;

import io.millrace.api.functions.Function;
import io.millrace.api.plan.EnumeratorSpec;
import io.millrace.api.plan.FilterSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.ProcessSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.SideOutputs;
import io.millrace.taskmanager.runtime.operatorstate.FunctionCheckpoints;
import io.millrace.taskmanager.runtime.operatorstate.StateClasses;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.stream.CopyingOutput;
import io.millrace.taskmanager.runtime.stream.Discard;
import io.millrace.taskmanager.runtime.stream.FanOut;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the chain of one subtask from its deployment, from the end of the chain to its head. It decides where elements
 * are copied: a chained operator shares an element only if nobody uses it afterwards.
 */
public final class ChainBuilder {
    private final SubtaskDeployment deployment;
    private final JobVertex vertex;
    private final TaskServices services;
    private final TaskContext context;
    private final ChainParts parts;
    private final TaskGates gates;
    private final OperatorFactory operators;
    private final Map<Integer, OperatorPlan> plans = new HashMap<>();
    private final Map<Integer, Output> built = new HashMap<>();
    private final List<ChainPosition> positions = new ArrayList<>();

    /**
     * @param code the job's classes and serializers
     * @param signal wakes the task's slot
     */
    public ChainBuilder(SubtaskDeployment deployment, JobCode code, TaskServices services, Signal signal) {
        this.deployment = deployment;
        this.vertex = deployment.vertex();
        this.services = services;
        this.context = TaskContext.of(deployment, code, services, signal);
        this.parts = new ChainParts(services.clock(), new StateClasses(code, operator -> context.restored()
                .of(operator)
                .schemas()));
        this.gates = new TaskGates(deployment, context, parts);
        this.operators = new OperatorFactory(context, parts);
    }

    /** Decodes the plans, opens the receiving ends and links the operators. On failure nothing stays open. */
    public Chain build() {
        try {
            for (OperatorNode node : vertex.operators()) {
                plans.put(node.id(), decode(node));
                checkClasses(node);
            }
            List<OperatorNode> nodes = vertex.operators();
            for (int i = nodes.size() - 1; i > 0; i--) {
                OperatorNode node = nodes.get(i);
                built.put(node.id(), operator(node, linkTo(node)));
            }
            return head(nodes.get(0));
        } catch (Throwable thrown) {
            parts.releases().forEach(Runnable::run);
            throw thrown;
        }
    }

    private void checkClasses(OperatorNode node) {
        try {
            parts.functions().classes().check(node.id());
        } catch (MillraceException e) {
            throw scope(node).failed(e);
        }
    }

    private OperatorPlan decode(OperatorNode node) {
        return services.plans()
                .readOperator(node.payload().array(), context.code().userClassLoader());
    }

    private ChainLink linkTo(OperatorNode node) {
        List<ChainLink> links =
                vertex.links().stream().filter(link -> link.to() == node.id()).toList();
        Check.invariant(links.size() == 1, "a chained operator has one input: " + node.name());
        return links.get(0);
    }

    private Chain head(OperatorNode node) {
        OperatorSpec spec = plan(node).spec();
        OperatorScope scope = scope(node);
        if (spec instanceof SourceSpec<?, ?> source) {
            Output out = mainOutput(node);
            positions.add(0, new ChainPosition(node, null, SideOutputs.NONE, -1, ""));
            Intake intake = operators.reader(node, source, scope, gates.assignments(scope), out);
            return chain(intake, out);
        }
        if (spec instanceof EnumeratorSpec<?, ?> enumerator) {
            Output out = gates.assignmentOutput(scope);
            positions.add(0, new ChainPosition(node, null, SideOutputs.NONE, -1, ""));
            return chain(operators.enumerator(node, enumerator, scope, out, gates.assignmentChannels()), out);
        }
        List<InputLane> inputs = gates.inputs(scope);
        RestoredOperator restored = context.restored().of(node.id());
        new InFlightRestore(context, restored, inputs).run();
        Operator operator = operator(node, null);
        return chain(
                new GateIntake(
                        inputs,
                        services.positionClasses().create(BatchLoop.class, BatchRun.class, parts.releases()),
                        operator,
                        parts,
                        context,
                        restored.watermark()),
                operator);
    }

    private Chain chain(Intake intake, Output head) {
        parts.lifecycles().add(intake);
        return new Chain(parts, intake, head, positions, context.environment().checkpointing());
    }

    private Operator operator(OperatorNode node, @Nullable ChainLink link) {
        Output out = mainOutput(node);
        Map<String, Output> sides = sideOutputs(node);
        Output control = out;
        if (!sides.isEmpty()) {
            List<Output> all = new ArrayList<>(sides.values());
            all.add(0, out);
            control = new FanOut(all);
        }
        SideOutputs sideOutputs = sides.isEmpty() ? SideOutputs.NONE : new SideOutputs(sides);
        Operator operator = operators.operator(
                node, plan(node).spec(), scope(node), new OperatorOutputs(out, control, sideOutputs));
        positions.add(
                0,
                new ChainPosition(
                        node,
                        operator,
                        sideOutputs,
                        link == null ? -1 : link.from(),
                        link == null ? "" : link.sideOutput()));
        RestoredOperator restored = context.restored().of(node.id());
        if (link != null && restored.has(PartKind.IN_FLIGHT)) {
            parts.underWay().add(InFlightRestore.toChained(restored, serializerOf(link), scope(node), operator));
        }
        return operator;
    }

    /** Of what one operator of the chain gives to another. */
    @SuppressWarnings("unchecked") // elements are handled as objects
    private TypeSerializer<Object> serializerOf(ChainLink link) {
        OperatorPlan from = plans.get(link.from());
        TypeInformation<?> type = link.sideOutput().isEmpty()
                ? from.spec().outputType()
                : from.sideOutputs().get(link.sideOutput());
        Check.invariant(type != null, "what an operator gives to another has a type");
        return (TypeSerializer<Object>)
                context.code().serializers().serializer(type, context.code().userClassLoader());
    }

    private Output mainOutput(OperatorNode node) {
        return output(node, "", plan(node).spec().outputType());
    }

    private Map<String, Output> sideOutputs(OperatorNode node) {
        Map<String, Output> sides = new HashMap<>();
        for (String id : new TreeSet<>(plan(node).sideOutputs().keySet())) {
            sides.put(id, output(node, id, plan(node).sideOutputs().get(id)));
        }
        return sides;
    }

    /** Exchanges first: they copy or write at once, so that the last chained operator may have the element itself. */
    private Output output(OperatorNode node, String side, @Nullable TypeInformation<?> type) {
        List<Output> targets = new ArrayList<>(gates.outputs(node, side, scope(node)));
        List<Output> chained = new ArrayList<>();
        for (ChainLink link : vertex.links()) {
            if (link.from() == node.id() && link.sideOutput().equals(side)) {
                chained.add(built.get(link.to()));
            }
        }
        boolean keepsElements = isStateful(plan(node).spec());
        for (int i = 0; i < chained.size(); i++) {
            boolean usedAfterwards = keepsElements || i < chained.size() - 1;
            targets.add(usedAfterwards ? copied(node, chained.get(i), type) : chained.get(i));
        }
        return switch (targets.size()) {
            case 0 -> Discard.INSTANCE;
            case 1 -> targets.get(0);
            default -> services.positionClasses().create(Output.class, FanOut.class, parts.releases(), targets);
        };
    }

    @SuppressWarnings("unchecked") // elements are handled as objects
    private Output copied(OperatorNode node, Output target, @Nullable TypeInformation<?> type) {
        if (type == null || type.isImmutableType() || context.objectReuse()) {
            return target;
        }
        TypeSerializer<Object> copier = (TypeSerializer<Object>)
                context.code().serializers().serializer(type, context.code().userClassLoader());
        return services.positionClasses()
                .create(Output.class, CopyingOutput.class, parts.releases(), scope(node), copier, target);
    }

    private static boolean isStateful(OperatorSpec spec) {
        return spec instanceof KeyedProcessSpec<?, ?, ?>
                || spec instanceof KeyedReduceSpec<?, ?>
                || spec instanceof WindowSpec<?, ?, ?, ?>
                || functionOf(spec).filter(FunctionCheckpoints::keepsElements).isPresent();
    }

    /** The function of an operator that has one and is not stateful by itself. */
    private static Optional<Function> functionOf(OperatorSpec spec) {
        if (spec instanceof MapSpec<?, ?> map) {
            return Optional.of(map.function());
        }
        if (spec instanceof FlatMapSpec<?, ?> flatMap) {
            return Optional.of(flatMap.function());
        }
        if (spec instanceof FilterSpec<?> filter) {
            return Optional.of(filter.function());
        }
        return spec instanceof ProcessSpec<?, ?> process ? Optional.of(process.function()) : Optional.empty();
    }

    private OperatorPlan plan(OperatorNode node) {
        return plans.get(node.id());
    }

    private OperatorScope scope(OperatorNode node) {
        return new OperatorScope(
                node.name(), node.place(), deployment.id().index(), vertex.parallelism(), parts.brake());
    }
}
