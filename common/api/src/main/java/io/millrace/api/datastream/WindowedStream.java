package io.millrace.api.datastream;

import io.millrace.api.ApiErrors;
import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.NumberSelector;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.functions.WindowFunction;
import io.millrace.api.functions.builtin.CountAggregate;
import io.millrace.api.functions.builtin.FieldSum;
import io.millrace.api.functions.builtin.SelectedSum;
import io.millrace.api.functions.builtin.SummedField;
import io.millrace.api.plan.WindowComputation;
import io.millrace.api.plan.WindowFunctionAdapter;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.plan.builder.FunctionTypes;
import io.millrace.api.plan.builder.OperatorRecipe;
import io.millrace.api.plan.builder.OperatorRecipe.TypeRule;
import io.millrace.api.plan.builder.StreamType;
import io.millrace.api.types.BasicType;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.Window;
import io.millrace.api.windowing.WindowAssigner;
import io.millrace.common.core.error.Problem;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The elements of each key grouped by windows. A window is evaluated when the watermark (or the clock) reaches its end,
 * and again for every element that is late but not too late.
 *
 * @param <T> elements
 * @param <K> keys
 * @param <W> windows
 */
public final class WindowedStream<T, K, W extends Window> {
    private final KeyedStream<T, K> input;
    private final WindowAssigner<? super T, W> assigner;
    private long allowedLatenessMillis;
    private @Nullable OutputTag<T> lateData;

    WindowedStream(KeyedStream<T, K> input, WindowAssigner<? super T, W> assigner) {
        this.input = input;
        this.assigner = assigner;
    }

    /** How long after its end (in event time) a window still takes elements; zero unless set. */
    public WindowedStream<T, K, W> allowedLateness(Duration lateness) {
        if (lateness.isNegative()) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, "The allowed lateness must not be negative, found " + lateness)
                    .fix("Give allowedLateness a duration of zero or more")
                    .asException();
        }
        allowedLatenessMillis = lateness.toMillis();
        return this;
    }

    /** Where elements go that are too late for all their windows; otherwise they are dropped and counted. */
    public WindowedStream<T, K, W> sideOutputLateData(OutputTag<T> tag) {
        lateData = tag;
        return this;
    }

    /** The reduction of each window. */
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> function) {
        return reduced("reduce", elements -> function);
    }

    /** As {@link #reduce(ReduceFunction)}, evaluated by {@code evaluation} with the reduction as its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(ReduceFunction<T> function, WindowFunction<T, R, K, W> evaluation) {
        return reduced(function, new WindowFunctionAdapter<>(evaluation), applied(evaluation, elements -> elements));
    }

    /** As {@link #reduce(ReduceFunction)}, evaluated by {@code evaluation} with the reduction as its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> function, ProcessWindowFunction<T, R, K, W> evaluation) {
        return reduced(function, evaluation, processed(evaluation, elements -> elements));
    }

    /** The aggregate of each window. */
    public <A, R> SingleOutputStreamOperator<R> aggregate(AggregateFunction<T, A, R> function) {
        return aggregated(function, null, elements -> resultOf(function, elements));
    }

    /**
     * As {@link #aggregate(AggregateFunction)}, evaluated by {@code evaluation} with the aggregate as its only element.
     */
    public <A, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, A, V> function, WindowFunction<V, R, K, W> evaluation) {
        TypeRule<T, R> type = applied(evaluation, elements -> resultOf(function, elements));
        return aggregated(function, new WindowFunctionAdapter<>(evaluation), type);
    }

    /**
     * As {@link #aggregate(AggregateFunction)}, evaluated by {@code evaluation} with the aggregate as its only element.
     */
    public <A, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, A, V> function, ProcessWindowFunction<V, R, K, W> evaluation) {
        return aggregated(function, evaluation, processed(evaluation, elements -> resultOf(function, elements)));
    }

    /** Evaluates all elements of each window; they are kept until it ends. */
    public <R> SingleOutputStreamOperator<R> process(ProcessWindowFunction<T, R, K, W> function) {
        return kept("process", function, processed(function, elements -> elements));
    }

    public <R> SingleOutputStreamOperator<R> process(
            ProcessWindowFunction<T, R, K, W> function, TypeInformation<R> outputType) {
        return process(function).returns(outputType);
    }

    /** As {@link #process(ProcessWindowFunction)}, with a function that may be a lambda. */
    public <R> SingleOutputStreamOperator<R> apply(WindowFunction<T, R, K, W> function) {
        return kept("apply", new WindowFunctionAdapter<>(function), applied(function, elements -> elements));
    }

    public <R> SingleOutputStreamOperator<R> apply(WindowFunction<T, R, K, W> function, TypeInformation<R> outputType) {
        return apply(function).returns(outputType);
    }

    /** The sum of a field of a tuple, from 0; the other fields are those of the window's first element. */
    public SingleOutputStreamOperator<T> sum(int position) {
        return reduced("sum", elements -> new FieldSum<>(SummedField.at(position, elements.information())));
    }

    /** As {@link #sum(int)}, with the field's name: of a tuple, a record, or a class with getters and setters. */
    public SingleOutputStreamOperator<T> sum(String field) {
        return reduced("sum", elements -> new FieldSum<>(SummedField.named(field, elements.information())));
    }

    /** The sum of a number of each element: one number for each key and window. {@code sum(event -> 1)} counts. */
    public <N extends Number> SingleOutputStreamOperator<N> sum(NumberSelector<T, N> selector) {
        return operator("sum", elements -> KeyedStream.numberType(selector, elements), (elements, output) -> {
            Class<N> numberClass =
                    KeyedStream.numberType(selector, elements).information().getTypeClass();
            return new WindowComputation.Aggregate<>(new SelectedSum<>(selector, numberClass), output, null);
        });
    }

    /** The number of elements of each key and window. */
    public SingleOutputStreamOperator<Long> count() {
        BasicType<Long> longs = new BasicType<>(Long.class);
        return operator(
                "count",
                elements -> StreamType.declared(longs),
                (elements, output) -> new WindowComputation.Aggregate<>(new CountAggregate<>(), longs, null));
    }

    /** What is computed, once the types of elements and results are known. */
    @FunctionalInterface
    private interface ComputationRule<T, K, W extends Window, R> {
        WindowComputation<T, K, W, R> computation(StreamType<T> elements, TypeInformation<R> output);
    }

    private SingleOutputStreamOperator<T> reduced(String verb, Function<StreamType<T>, ReduceFunction<T>> function) {
        return operator(
                verb,
                elements -> elements,
                (elements, output) ->
                        new WindowComputation.Reduce<>(function.apply(elements), elements.information(), null));
    }

    private <R> SingleOutputStreamOperator<R> reduced(
            ReduceFunction<T> function, ProcessWindowFunction<T, R, K, W> evaluation, TypeRule<T, R> type) {
        return operator(
                "reduce",
                type,
                (elements, output) -> new WindowComputation.Reduce<>(function, elements.information(), evaluation));
    }

    private <A, V, R> SingleOutputStreamOperator<R> aggregated(
            AggregateFunction<T, A, V> function,
            @Nullable ProcessWindowFunction<V, R, K, W> evaluation,
            TypeRule<T, R> type) {
        return operator("aggregate", type, (elements, output) -> {
            StreamType<A> accumulators =
                    FunctionTypes.argument(function, AggregateFunction.class, 1, Map.of(0, elements.javaType()));
            return new WindowComputation.Aggregate<>(function, accumulators.information(), evaluation);
        });
    }

    private <R> SingleOutputStreamOperator<R> kept(
            String verb, ProcessWindowFunction<T, R, K, W> evaluation, TypeRule<T, R> type) {
        return operator(
                verb, type, (elements, output) -> new WindowComputation.KeepAll<>(elements.information(), evaluation));
    }

    private <R> SingleOutputStreamOperator<R> operator(
            String verb, TypeRule<T, R> type, ComputationRule<T, K, W, R> computation) {
        long lateness = allowedLatenessMillis;
        OutputTag<T> late = lateData;
        String kind = "Window(" + assigner.getClass().getSimpleName() + ", " + verb + ")";
        return input.transform(new OperatorRecipe<>(
                kind,
                type,
                (elements, output) -> new WindowSpec<>(
                        input.key.resolve(elements),
                        assigner,
                        lateness,
                        late,
                        computation.computation(elements, output),
                        output)));
    }

    private static <T, V> StreamType<V> resultOf(AggregateFunction<T, ?, V> function, StreamType<T> elements) {
        return FunctionTypes.result(function, AggregateFunction.class, 2, Map.of(0, elements.javaType()));
    }

    private <V, R> TypeRule<T, R> processed(
            ProcessWindowFunction<V, R, K, W> function, Function<StreamType<T>, StreamType<V>> values) {
        return elements -> evaluated(function, ProcessWindowFunction.class, elements, values.apply(elements));
    }

    private <V, R> TypeRule<T, R> applied(
            WindowFunction<V, R, K, W> function, Function<StreamType<T>, StreamType<V>> values) {
        return elements -> evaluated(function, WindowFunction.class, elements, values.apply(elements));
    }

    private <R> StreamType<R> evaluated(
            Object function, Class<?> functionClass, StreamType<T> elements, StreamType<?> values) {
        Map<Integer, Type> known = new HashMap<>();
        known.put(0, values.javaType());
        known.put(2, input.key.type(elements).javaType());
        return FunctionTypes.result(function, functionClass, 1, known);
    }
}
