package io.millrace.taskmanager.runtime.task;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.plan.EnumeratorSpec;
import io.millrace.api.plan.FilterSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.KeyedStateSchemas;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.ProcessSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.plan.TimestampsSpec;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.graph.OperatorNode;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.exchange.OutputChannel;
import io.millrace.taskmanager.runtime.operator.FilterOperator;
import io.millrace.taskmanager.runtime.operator.FlatMapOperator;
import io.millrace.taskmanager.runtime.operator.FunctionContext;
import io.millrace.taskmanager.runtime.operator.FunctionLifecycle;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.KeyedProcessOperator;
import io.millrace.taskmanager.runtime.operator.KeyedReduceOperator;
import io.millrace.taskmanager.runtime.operator.KeyedTask;
import io.millrace.taskmanager.runtime.operator.MapOperator;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.ProcessContext;
import io.millrace.taskmanager.runtime.operator.ProcessOperator;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.operator.UnkeyedTimerService;
import io.millrace.taskmanager.runtime.operatorstate.FunctionCheckpoints;
import io.millrace.taskmanager.runtime.operatorstate.OperatorStates;
import io.millrace.taskmanager.runtime.sink.SinkDestination;
import io.millrace.taskmanager.runtime.sink.SinkOperator;
import io.millrace.taskmanager.runtime.sink.SinkTask;
import io.millrace.taskmanager.runtime.source.EnumeratorIntake;
import io.millrace.taskmanager.runtime.source.SourceIntake;
import io.millrace.taskmanager.runtime.source.SourceTask;
import io.millrace.taskmanager.runtime.source.TimestampsOperator;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.window.WindowFactory;
import io.millrace.taskmanager.state.KeyedStateBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operator of each kind of specification. From here on elements, keys and functions are handled as objects;
 * that they fit together was checked by the compiler when the job was written.
 */
@SuppressWarnings("unchecked")
final class OperatorFactory {
    private final TaskContext context;
    private final ChainParts parts;

    OperatorFactory(TaskContext context, ChainParts parts) {
        this.context = context;
        this.parts = parts;
    }

    Operator operator(OperatorNode node, OperatorSpec spec, OperatorScope scope, OperatorOutputs outputs) {
        Output out = outputs.main();
        Output control = outputs.control();
        if (spec instanceof MapSpec<?, ?> map) {
            MapFunction<Object, Object> function = (MapFunction<Object, Object>) map.function();
            manage(node, function, scope, null);
            return own(MapOperator.class, scope, out, control, function);
        }
        if (spec instanceof FilterSpec<?> filter) {
            FilterFunction<Object> function = (FilterFunction<Object>) filter.function();
            manage(node, function, scope, null);
            return own(FilterOperator.class, scope, out, control, function);
        }
        if (spec instanceof FlatMapSpec<?, ?> flatMap) {
            FlatMapFunction<Object, Object> function = (FlatMapFunction<Object, Object>) flatMap.function();
            manage(node, function, scope, null);
            return own(FlatMapOperator.class, scope, out, control, function);
        }
        if (spec instanceof ProcessSpec<?, ?> process) {
            ProcessFunction<Object, Object> function = (ProcessFunction<Object, Object>) process.function();
            manage(node, function, scope, null);
            UnkeyedTimerService timers = new UnkeyedTimerService(scope, parts.time());
            ProcessContext processContext = new ProcessContext(function, timers, outputs.sides());
            return own(ProcessOperator.class, scope, out, control, function, processContext);
        }
        if (spec instanceof TimestampsSpec<?> timestamps) {
            return timestamps(node, (TimestampsSpec<Object>) timestamps, scope, outputs);
        }
        if (spec instanceof SinkSpec<?> sink) {
            return sink(node, (Sink<Object>) sink.sink(), scope);
        }
        return keyed(node, spec, scope, outputs);
    }

    private Operator keyed(OperatorNode node, OperatorSpec spec, OperatorScope scope, OperatorOutputs outputs) {
        if (spec instanceof KeyedProcessSpec<?, ?, ?> keyed) {
            Keying<Object, Object> keying = (Keying<Object, Object>) keyed.keying();
            KeyedStateBackend<Object> state = state(node, keying);
            KeyedProcessFunction<Object, Object, Object> function =
                    (KeyedProcessFunction<Object, Object, Object>) keyed.function();
            manage(node, function, scope, state);
            return timed(own(
                    KeyedProcessOperator.class,
                    scope,
                    outputs.main(),
                    outputs.control(),
                    function,
                    keying.selector(),
                    keyedTask(state, outputs)));
        }
        if (spec instanceof KeyedReduceSpec<?, ?> reduce) {
            Keying<Object, Object> keying = (Keying<Object, Object>) reduce.keying();
            KeyedStateBackend<Object> state = state(node, keying);
            ReduceFunction<Object> function = (ReduceFunction<Object>) reduce.function();
            manage(node, function, scope, state);
            TypeInformation<Object> type = (TypeInformation<Object>) reduce.outputType();
            return own(
                    KeyedReduceOperator.class,
                    scope,
                    outputs.main(),
                    outputs.control(),
                    function,
                    keying.selector(),
                    state,
                    state.valueState(new ValueStateDescriptor<>(KeyedStateSchemas.REDUCED, type)));
        }
        if (spec instanceof WindowSpec<?, ?, ?, ?> window) {
            Keying<Object, Object> keying = (Keying<Object, Object>) window.keying();
            KeyedStateBackend<Object> state = state(node, keying);
            WindowFactory.functionsOf(window.computation()).forEach(function -> manage(node, function, scope, state));
            return WindowFactory.create(
                    (WindowSpec<Object, Object, ?, Object>) window,
                    scope,
                    outputs.main(),
                    outputs.control(),
                    keyedTask(state, outputs),
                    parts.timed());
        }
        throw new IllegalStateException("No operator for " + spec.getClass().getName() + " inside a chain");
    }

    /** An operator whose calls the JVM compiles for this position alone. */
    private Operator own(Class<? extends Operator> leaf, @Nullable Object... arguments) {
        return context.services().positionClasses().create(Operator.class, leaf, parts.releases(), arguments);
    }

    private Operator timed(Operator operator) {
        parts.timed().add((Timed) operator);
        return operator;
    }

    private KeyedTask keyedTask(KeyedStateBackend<Object> state, OperatorOutputs outputs) {
        return new KeyedTask(state, parts.brake(), parts.time(), outputs.sides());
    }

    private KeyedStateBackend<Object> state(OperatorNode node, Keying<Object, Object> keying) {
        KeyedStateBackend<Object> state = context.keyedStates().create(context.keyedState(node.id(), keying.keyType()));
        parts.keyed().add(new KeyedPosition(node.id(), state));
        parts.releases().add(state::close);
        return state;
    }

    private void manage(
            OperatorNode node, Object function, OperatorScope scope, @Nullable KeyedStateBackend<Object> state) {
        FunctionContext functionContext = new FunctionContext(scope, context.environment(), state);
        if (FunctionCheckpoints.isWanted(function)) {
            FunctionCheckpoints checkpoints = new FunctionCheckpoints(
                    scope, function, functionContext, context.environment().checkpointing(), operatorStates(node));
            parts.lifecycles().add(checkpoints);
            parts.functions().add(checkpoints);
        } else if (context.restored().of(node.id()).hasOperatorState()) {
            operatorStates(node);
        }
        if (function instanceof RichFunction rich) {
            parts.lifecycles().add(new FunctionLifecycle(scope, rich, functionContext));
        }
    }

    private OperatorStates operatorStates(OperatorNode node) {
        return parts.functions()
                .statesOf(
                        node.id(),
                        () -> new OperatorStates(
                                context.code(), context.restored().of(node.id())));
    }

    private Operator timestamps(
            OperatorNode node, TimestampsSpec<Object> spec, OperatorScope scope, OperatorOutputs outputs) {
        return timed(own(
                TimestampsOperator.class,
                scope,
                outputs.main(),
                outputs.control(),
                spec.watermarks(),
                parts.time(),
                context.watermarkIntervalNanos(),
                context.restored().of(node.id()).watermark()));
    }

    private Operator sink(OperatorNode node, Sink<Object> sink, OperatorScope scope) {
        SinkDestination destination = new SinkDestination(
                context.services().outputs(), context.deployment().id(), node.id(), node.name(), context.signal());
        SinkOperator operator = new SinkOperator(
                scope,
                sink,
                new SinkTask(
                        parts.time(),
                        parts.brake(),
                        context.environment(),
                        destination,
                        context.restored().of(node.id())));
        parts.lifecycles().add(operator);
        parts.timed().add(operator);
        parts.outputs().add(operator.outlet());
        return operator;
    }

    Intake reader(OperatorNode node, SourceSpec<?, ?> spec, OperatorScope scope, InputChannel assignments, Output out) {
        SourceIntake intake = new SourceIntake(
                sourceTask(node, scope),
                (Source<Object, SourceSplit, ?>) spec.source(),
                (WatermarkStrategy<Object>) spec.watermarks(),
                assignments,
                out);
        parts.timed().add(intake);
        return intake;
    }

    Intake enumerator(
            OperatorNode node,
            EnumeratorSpec<?, ?> spec,
            OperatorScope scope,
            Output out,
            List<OutputChannel> readers) {
        EnumeratorIntake intake = new EnumeratorIntake(
                sourceTask(node, scope), (Source<Object, SourceSplit, ?>) spec.source(), out, readers);
        parts.timed().add(intake);
        return intake;
    }

    private SourceTask sourceTask(OperatorNode node, OperatorScope scope) {
        return new SourceTask(
                scope,
                context.signal(),
                parts.brake(),
                parts.time(),
                context.environment(),
                context.code(),
                context.services().workers(),
                context.deployment().configuration(),
                context.watermarkIntervalNanos(),
                context.restored().of(node.id()));
    }
}
