package io.millrace.api.datastream;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.Partitioner;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.plan.FilterSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.ProcessSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.plan.TimestampsSpec;
import io.millrace.api.plan.builder.ExchangeDraft;
import io.millrace.api.plan.builder.FunctionTypes;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.KeyDraft;
import io.millrace.api.plan.builder.OperatorRecipe;
import io.millrace.api.plan.builder.OperatorRecipe.TypeRule;
import io.millrace.api.plan.builder.Upstream;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.lib.PrintSink;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.CloseableIterator;
import io.millrace.common.graph.ExchangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stream of elements of one type. Its methods only describe a job; nothing runs before {@code execute}. Types of
 * results are found from the functions; where that is not possible each element keeps its own class. For one thread.
 *
 * @param <T> elements
 */
public sealed class DataStream<T> permits SingleOutputStreamOperator, KeyedStream, SideOutputDataStream {
    final JobDraft job;
    final List<Upstream<T>> outputs;

    DataStream(JobDraft job, List<Upstream<T>> outputs) {
        this.job = job;
        this.outputs = List.copyOf(outputs);
    }

    /** The id of the operator whose output this is; of the first one for a union. */
    public int getId() {
        return outputs.get(0).from().id();
    }

    /** The parallelism of the operator whose output this is; of the first one for a union. */
    public int getParallelism() {
        return outputs.get(0).from().parallelism();
    }

    /**
     * The type of the elements as far as it is known.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} if it has no serializer
     */
    public TypeInformation<T> getType() {
        return outputs.get(0).type().information();
    }

    /** One element for each. A result of null reaches only operators that are chained to this one. */
    public <R> SingleOutputStreamOperator<R> map(MapFunction<T, R> mapper) {
        return transform(new OperatorRecipe<>(
                "Map", resultOf(mapper, MapFunction.class), (input, output) -> new MapSpec<>(mapper, output)));
    }

    public <R> SingleOutputStreamOperator<R> map(MapFunction<T, R> mapper, TypeInformation<R> outputType) {
        return map(mapper).returns(outputType);
    }

    /** Any number of elements for each. */
    public <R> SingleOutputStreamOperator<R> flatMap(FlatMapFunction<T, R> flatMapper) {
        return transform(new OperatorRecipe<>(
                "Flat Map",
                resultOf(flatMapper, FlatMapFunction.class),
                (input, output) -> new FlatMapSpec<>(flatMapper, output)));
    }

    public <R> SingleOutputStreamOperator<R> flatMap(FlatMapFunction<T, R> flatMapper, TypeInformation<R> outputType) {
        return flatMap(flatMapper).returns(outputType);
    }

    /** The elements for which {@code filter} is true. */
    public SingleOutputStreamOperator<T> filter(FilterFunction<T> filter) {
        return transform(
                new OperatorRecipe<>("Filter", input -> input, (input, output) -> new FilterSpec<>(filter, output)));
    }

    /** Any number of elements for each, with timestamps and side outputs. */
    public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> function) {
        return transform(new OperatorRecipe<>(
                "Process",
                resultOf(function, ProcessFunction.class),
                (input, output) -> new ProcessSpec<>(function, output)));
    }

    public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> function, TypeInformation<R> outputType) {
        return process(function).returns(outputType);
    }

    /** Groups elements by key: all of one key go to the same subtask. Keys are compared by content. */
    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key) {
        return new KeyedStream<>(job, outputs, new KeyDraft<>(key, null));
    }

    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key, TypeInformation<K> keyType) {
        return new KeyedStream<>(job, outputs, new KeyDraft<>(key, keyType));
    }

    /** The elements of this stream and of the others, in no order between them. */
    @SafeVarargs
    public final DataStream<T> union(DataStream<T>... others) {
        List<Upstream<T>> all = new ArrayList<>(outputs);
        for (DataStream<T> other : others) {
            all.addAll(other.outputs);
        }
        return new DataStream<>(job, all);
    }

    /** Every element to every subtask of the next operator. */
    public DataStream<T> broadcast() {
        return by(ExchangeDraft.of(ExchangeKind.BROADCAST));
    }

    /** Each element to a subtask of the next operator drawn at random. */
    public DataStream<T> shuffle() {
        return by(ExchangeDraft.of(ExchangeKind.SHUFFLE));
    }

    /** From each subtask to the one of the same index; needs the same parallelism. */
    public DataStream<T> forward() {
        return by(ExchangeDraft.of(ExchangeKind.FORWARD));
    }

    /** Round robin over all subtasks of the next operator. */
    public DataStream<T> rebalance() {
        return by(ExchangeDraft.of(ExchangeKind.REBALANCE));
    }

    /** Round robin over a group of subtasks of the next operator that is this subtask's own. */
    public DataStream<T> rescale() {
        return by(ExchangeDraft.of(ExchangeKind.RESCALE));
    }

    /** Every element to the first subtask of the next operator. */
    public DataStream<T> global() {
        return by(ExchangeDraft.of(ExchangeKind.GLOBAL));
    }

    /** Each element to the subtask that {@code partitioner} chooses for its key. */
    public <K> DataStream<T> partitionCustom(Partitioner<K> partitioner, KeySelector<T, K> keySelector) {
        return by(ExchangeDraft.custom(new KeyDraft<>(keySelector, null), partitioner));
    }

    /**
     * Gives elements timestamps and makes watermarks; those that come with the stream are dropped, but for the last
     * one.
     */
    public SingleOutputStreamOperator<T> assignTimestampsAndWatermarks(WatermarkStrategy<T> watermarkStrategy) {
        return transform(new OperatorRecipe<>(
                "Timestamps/Watermarks",
                input -> input,
                (input, output) -> new TimestampsSpec<>(watermarkStrategy, output)));
    }

    /** Prints each element to the job's output. */
    public DataStreamSink<T> print() {
        return print("", false);
    }

    /** As {@link #print()}, with {@code label} before each element. */
    public DataStreamSink<T> print(String label) {
        return print(label, false);
    }

    /** Prints each element to the job's error output. */
    public DataStreamSink<T> printToErr() {
        return print("", true);
    }

    /** As {@link #printToErr()}, with {@code label} before each element. */
    public DataStreamSink<T> printToErr(String label) {
        return print(label, true);
    }

    private DataStreamSink<T> print(String label, boolean error) {
        PrintSink<T> sink = new PrintSink<>(label, error);
        return sinkTo(sink).name(sink.toString());
    }

    /** Ends the stream in a sink. */
    public DataStreamSink<T> sinkTo(Sink<T> sink) {
        return new DataStreamSink<>(
                job.add(OperatorRecipe.ofSink("Sink", (input, output) -> new SinkSpec<>(sink)), outputs));
    }

    /** Runs the job and gives the elements as they come. Closing the iterator before its end cancels the job. */
    public CloseableIterator<T> executeAndCollect() {
        return CollectedIterator.execute(this, null);
    }

    public CloseableIterator<T> executeAndCollect(String jobName) {
        return CollectedIterator.execute(this, jobName);
    }

    /** Runs the job until {@code limit} elements have come, or to its end, and gives them. */
    public List<T> executeAndCollect(int limit) {
        return CollectedIterator.first(limit, executeAndCollect());
    }

    public List<T> executeAndCollect(String jobName, int limit) {
        return CollectedIterator.first(limit, executeAndCollect(jobName));
    }

    /** Adds an operator behind this stream. */
    <R> SingleOutputStreamOperator<R> transform(OperatorRecipe<T, R> recipe) {
        return new SingleOutputStreamOperator<>(job, job.add(recipe, outputs));
    }

    DataStream<T> by(ExchangeDraft<T, ?> exchange) {
        return new DataStream<>(
                job, outputs.stream().map(output -> output.by(exchange)).toList());
    }

    /** The second type argument of functions whose first one is the input's type. */
    static <T, R> TypeRule<T, R> resultOf(Object function, Class<?> functionInterface) {
        return input -> FunctionTypes.result(function, functionInterface, 1, Map.of(0, input.javaType()));
    }
}
