package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.Function;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.plan.KeyedStateSchemas;
import io.millrace.api.plan.WindowComputation;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.windowing.AlignedWindows;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.taskmanager.runtime.operator.KeyedTask;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the operator of a window. Elements, keys and results are handled as objects from here on. */
@SuppressWarnings("unchecked")
public final class WindowFactory {

    private WindowFactory() {}

    /** The user's functions in a computation, to be opened and closed. */
    public static List<Function> functionsOf(WindowComputation<?, ?, ?, ?> computation) {
        List<Function> functions = new ArrayList<>();
        if (computation instanceof WindowComputation.Reduce<?, ?, ?, ?> reduce) {
            functions.add(reduce.function());
            addIfPresent(functions, reduce.evaluation());
        } else if (computation instanceof WindowComputation.Aggregate<?, ?, ?, ?, ?, ?> aggregate) {
            functions.add(aggregate.function());
            addIfPresent(functions, aggregate.evaluation());
        } else if (computation instanceof WindowComputation.KeepAll<?, ?, ?, ?> all) {
            functions.add(all.evaluation());
        }
        return functions;
    }

    private static void addIfPresent(List<Function> functions, @Nullable Function function) {
        if (function != null) {
            functions.add(function);
        }
    }

    /** @param timed takes the operator if it follows the clock */
    public static Operator create(
            WindowSpec<Object, Object, ?, Object> spec,
            OperatorScope scope,
            Output out,
            Output control,
            KeyedTask task,
            List<Timed> timed) {
        if (!(spec.assigner() instanceof AlignedWindows<?> windows)) {
            throw scope.failed(scope.problem(
                            RuntimeErrors.WINDOW_NOT_SUPPORTED,
                            "Windows by " + spec.assigner().getClass().getName() + " cannot be run yet")
                    .fix("Use TumblingEventTimeWindows or TumblingProcessingTimeWindows"));
        }
        boolean eventTime = windows.isEventTime();
        WindowTimes times = new WindowTimes(
                eventTime,
                windows.sizeMillis(),
                windows.slideMillis(),
                windows.offsetMillis(),
                eventTime ? spec.allowedLatenessMillis() : 0);
        WindowComputing computing = new WindowComputing(
                spec.keying().selector(),
                contents(spec.computation()),
                task.state().sliceState(KeyedStateSchemas.WINDOW_CONTENTS, (TypeInformation<Object>)
                        spec.computation().contentsType()),
                spec.lateData());
        AlignedWindowOperator operator = new AlignedWindowOperator(scope, out, control, times, computing, task);
        if (!eventTime) {
            timed.add(operator);
        }
        return operator;
    }

    private static WindowContents contents(WindowComputation<Object, Object, ?, Object> computation) {
        if (computation instanceof WindowComputation.Reduce<?, ?, ?, ?> reduce) {
            return new ReducedContents((ReduceFunction<Object>) reduce.function(), evaluation(reduce.evaluation()));
        }
        if (computation instanceof WindowComputation.Aggregate<?, ?, ?, ?, ?, ?> aggregate) {
            return new AggregatedContents(
                    (AggregateFunction<Object, Object, Object>) aggregate.function(),
                    evaluation(aggregate.evaluation()));
        }
        ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation =
                evaluation(((WindowComputation.KeepAll<?, ?, ?, ?>) computation).evaluation());
        return new AllContents(evaluation);
    }

    private static ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation(
            ProcessWindowFunction<?, ?, ?, ?> function) {
        return (ProcessWindowFunction<Object, Object, Object, TimeWindow>) function;
    }
}
