package io.millrace.api.datastream;

import io.millrace.api.ApiErrors;
import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.NumberSelector;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.functions.builtin.FieldSum;
import io.millrace.api.functions.builtin.OnKey;
import io.millrace.api.functions.builtin.RollingSum;
import io.millrace.api.functions.builtin.SummedField;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.builder.ExchangeDraft;
import io.millrace.api.plan.builder.FunctionTypes;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.KeyDraft;
import io.millrace.api.plan.builder.OperatorRecipe;
import io.millrace.api.plan.builder.OperatorRecipe.TypeRule;
import io.millrace.api.plan.builder.StreamType;
import io.millrace.api.plan.builder.Upstream;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.windowing.Window;
import io.millrace.api.windowing.WindowAssigner;
import io.millrace.common.core.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A stream grouped by key. Operators on it have state and timers per key; plain functions may use keyed state too,
 * through their rich forms.
 *
 * @param <T> elements
 * @param <K> keys
 */
public final class KeyedStream<T, K> extends DataStream<T> {
    final KeyDraft<T, K> key;

    KeyedStream(JobDraft job, List<Upstream<T>> outputs, KeyDraft<T, K> key) {
        super(
                job,
                outputs.stream()
                        .map(output -> output.by(ExchangeDraft.hash(key)))
                        .toList());
        this.key = key;
    }

    public KeySelector<T, K> getKeySelector() {
        return key.selector();
    }

    public TypeInformation<K> getKeyType() {
        return key.type(outputs.get(0).type()).information();
    }

    /** As on any stream; a rich function may use keyed state. */
    @Override
    public <R> SingleOutputStreamOperator<R> map(MapFunction<T, R> mapper) {
        return mapper instanceof RichFunction
                ? onKey("Map", MapFunction.class, mapper, new OnKey.Mapping<>(mapper))
                : super.map(mapper);
    }

    /** As on any stream; a rich function may use keyed state. */
    @Override
    public <R> SingleOutputStreamOperator<R> flatMap(FlatMapFunction<T, R> flatMapper) {
        return flatMapper instanceof RichFunction
                ? onKey("Flat Map", FlatMapFunction.class, flatMapper, new OnKey.FlatMapping<>(flatMapper))
                : super.flatMap(flatMapper);
    }

    /** As on any stream; a rich function may use keyed state. */
    @Override
    public SingleOutputStreamOperator<T> filter(FilterFunction<T> filter) {
        return filter instanceof RichFunction
                ? onKey("Filter", input -> input, new OnKey.Filtering<>(filter))
                : super.filter(filter);
    }

    /** As on any stream; keyed state and timers may be used. */
    @Override
    public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> function) {
        return onKey("Process", ProcessFunction.class, function, new OnKey.Processing<>(function));
    }

    private <R> SingleOutputStreamOperator<R> onKey(
            String kind, Class<?> functionInterface, Object function, KeyedProcessFunction<K, T, R> adapter) {
        return onKey(kind, resultOf(function, functionInterface), adapter);
    }

    private <R> SingleOutputStreamOperator<R> onKey(
            String kind, TypeRule<T, R> type, KeyedProcessFunction<K, T, R> function) {
        return transform(new OperatorRecipe<>(
                kind, type, (input, output) -> new KeyedProcessSpec<>(function, key.resolve(input), output)));
    }

    /** Any number of elements for each, with state and timers per key. */
    public <R> SingleOutputStreamOperator<R> process(KeyedProcessFunction<K, T, R> function) {
        return onKey(
                "Keyed Process",
                input -> FunctionTypes.result(
                        function,
                        KeyedProcessFunction.class,
                        2,
                        Map.of(0, key.type(input).javaType(), 1, input.javaType())),
                function);
    }

    public <R> SingleOutputStreamOperator<R> process(
            KeyedProcessFunction<K, T, R> function, TypeInformation<R> outputType) {
        return process(function).returns(outputType);
    }

    /** For every element the reduction of all elements of its key so far. */
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> reducer) {
        return reduce("Keyed Reduce", input -> reducer);
    }

    /**
     * For every element the sum so far of a field of a tuple, from 0; the other fields are those of the key's first
     * element.
     */
    public SingleOutputStreamOperator<T> sum(int position) {
        return reduce("Keyed Sum", input -> new FieldSum<>(SummedField.at(position, input.information())));
    }

    /** As {@link #sum(int)}, with the field's name: of a tuple, a record, or a class with getters and setters. */
    public SingleOutputStreamOperator<T> sum(String field) {
        return reduce("Keyed Sum", input -> new FieldSum<>(SummedField.named(field, input.information())));
    }

    /** For every element the sum so far of a number of each element of its key: {@code sum(event -> 1)} counts. */
    public <N extends Number> SingleOutputStreamOperator<N> sum(NumberSelector<T, N> selector) {
        return transform(new OperatorRecipe<>(
                "Keyed Sum",
                input -> numberType(selector, input),
                (input, output) ->
                        new KeyedProcessSpec<>(new RollingSum<>(selector, output), key.resolve(input), output)));
    }

    static <T, N extends Number> StreamType<N> numberType(NumberSelector<T, N> selector, StreamType<T> input) {
        return FunctionTypes.result(selector, NumberSelector.class, 1, Map.of(0, input.javaType()));
    }

    private SingleOutputStreamOperator<T> reduce(String kind, Function<StreamType<T>, ReduceFunction<T>> reducer) {
        return transform(new OperatorRecipe<>(
                kind,
                input -> input,
                (input, output) -> new KeyedReduceSpec<>(reducer.apply(input), key.resolve(input), output)));
    }

    /** Groups the elements of each key by windows. */
    public <W extends Window> WindowedStream<T, K, W> window(WindowAssigner<? super T, W> assigner) {
        return new WindowedStream<>(this, assigner);
    }

    @Override
    DataStream<T> by(ExchangeDraft<T, ?> exchange) {
        throw Problem.of(
                        ApiErrors.EXCHANGE_ON_KEYED_STREAM,
                        "A keyed stream cannot be given the exchange " + exchange.kind())
                .because("its elements go where their key belongs")
                .fix("Call it before keyBy, or leave out keyBy")
                .asException();
    }
}
