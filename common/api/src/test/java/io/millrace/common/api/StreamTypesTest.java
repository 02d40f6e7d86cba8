package io.millrace.common.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.KeyedStream;
import io.millrace.api.datastream.WindowedStream;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.functions.builtin.CountAggregate;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.TimestampsSpec;
import io.millrace.api.plan.WindowComputation;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.ResultTypeQueryable;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.common.graph.JobGraph;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Types from one stream to the next, and the specifications that are made with them. */
class StreamTypesTest {

    record Visit(String user, int bytes, long seconds) {}

    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

    private DataStream<Visit> visits() {
        return env.fromSequence(1, 10).map(x -> new Visit("u" + x, 1, x)).name("visits");
    }

    private KeyedStream<Visit, String> byUser() {
        return visits().keyBy(Visit::user);
    }

    private WindowedStream<Visit, String, TimeWindow> windows() {
        return byUser().window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)));
    }

    private JobGraph graph() {
        return env.getJobGraph("test");
    }

    private static Tuple2<String, Long> pair(Visit visit) {
        return Tuple2.of(visit.user(), visit.seconds());
    }

    @Test
    void typesPassThroughFilterUnionAndExchanges() {
        DataStream<Visit> visits = visits();
        DataStream<Visit> all = visits.filter(visit -> visit.bytes() > 0).union(visits.rebalance());
        assertThat(all.getType().describe()).endsWith("Visit");
        assertThat(all.keyBy(Visit::bytes).getKeyType()).isEqualTo(Types.INT);
    }

    @Test
    void returnsMayComeAtAnyTimeAndGoesBefore() {
        var pairs = visits().map(visit -> Tuple2.of(visit.user(), 1L)).name("pairs");
        pairs.filter(pair -> pair.f1 > 0).name("positive").print();
        assertThat(Graphs.outputType(graph(), "positive")).isEqualTo("Tuple2<Object, Object>");
        pairs.returns(new TypeHint<Tuple2<String, Long>>() {});
        env.fromSequence(1, 1).print();
        assertThat(pairs.getType().describe()).isEqualTo("Tuple2<String, Long>");
    }

    @Test
    void reducePassesTheTypeOn() {
        byUser().reduce((a, b) -> a).name("reduced").print();
        KeyedReduceSpec<?, ?> spec = Graphs.spec(graph(), "reduced", KeyedReduceSpec.class);
        assertThat(spec.outputType().describe()).endsWith("Visit");
        assertThat(spec.keying().keyType()).isEqualTo(Types.STRING);
    }

    @Test
    void sumByAFunctionGivesItsNumber() {
        byUser().sum(visit -> 1).name("ones").print();
        byUser().sum(Visit::seconds).name("seconds").print();
        windows().sum(visit -> 0.5).name("halves").print();
        windows().count().name("count").print();
        JobGraph graph = graph();
        assertThat(Graphs.outputType(graph, "ones")).isEqualTo("Integer");
        assertThat(Graphs.outputType(graph, "seconds")).isEqualTo("Long");
        assertThat(Graphs.outputType(graph, "halves")).isEqualTo("Double");
        assertThat(Graphs.outputType(graph, "count")).isEqualTo("Long");
    }

    @Test
    void sumOfAFieldKeepsTheElement() {
        byUser().sum("bytes").name("rolling").print();
        windows().sum("bytes").name("windowed").print();
        visits().map(StreamTypesTest::pair)
                .keyBy(pair -> pair.f0)
                .sum(1)
                .name("tuples")
                .print();
        JobGraph graph = graph();
        assertThat(Graphs.outputType(graph, "rolling")).endsWith("Visit");
        assertThat(Graphs.outputType(graph, "windowed")).endsWith("Visit");
        assertThat(Graphs.outputType(graph, "tuples")).isEqualTo("Tuple2<String, Long>");
    }

    static final class Summary extends ProcessWindowFunction<Long, Tuple2<String, Long>, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(String key, Context context, Iterable<Long> elements, Collector<Tuple2<String, Long>> out) {
            elements.forEach(count -> out.collect(Tuple2.of(key, count)));
        }
    }

    @Test
    void windowKnowsKeyAccumulatorLatenessAndEvaluation() {
        OutputTag<Visit> late = new OutputTag<>("late") {};
        var counts = windows()
                .allowedLateness(Duration.ofSeconds(5))
                .sideOutputLateData(late)
                .aggregate(new CountAggregate<>(), new Summary())
                .name("counts");
        counts.getSideOutput(late).print();
        counts.print();
        JobGraph graph = graph();
        WindowSpec<?, ?, ?, ?> spec = Graphs.spec(graph, "counts", WindowSpec.class);
        assertThat(spec.keying().keyType()).isEqualTo(Types.STRING);
        assertThat(spec.allowedLatenessMillis()).isEqualTo(5_000);
        assertThat(spec.lateData()).isEqualTo(late);
        assertThat(spec.outputType().describe()).isEqualTo("Tuple2<String, Long>");
        assertThat(spec.computation()).isInstanceOfSatisfying(WindowComputation.Aggregate.class, aggregate -> {
            assertThat(aggregate.accumulatorType()).isEqualTo(Types.LONG);
            assertThat(aggregate.evaluation()).isInstanceOf(Summary.class);
        });
        assertThat(Graphs.plan(graph, "counts").sideOutputs()).containsOnlyKeys("late");
    }

    @Test
    void windowsOfAllKindsAreDescribed() {
        windows().reduce((a, b) -> a).name("reduce").print();
        windows()
                .reduce(
                        (a, b) -> a,
                        (String key, TimeWindow window, Iterable<Visit> all, Collector<String> out) -> out.collect(key))
                .returns(String.class)
                .name("reduce and apply")
                .print();
        windows()
                .apply((String key, TimeWindow window, Iterable<Visit> all, Collector<Long> out) -> out.collect(1L))
                .name("apply")
                .print();
        JobGraph graph = graph();
        assertThat(Graphs.spec(graph, "reduce", WindowSpec.class).computation())
                .isInstanceOfSatisfying(WindowComputation.Reduce.class, reduce -> assertThat(reduce.evaluation())
                        .isNull());
        assertThat(Graphs.outputType(graph, "reduce and apply")).isEqualTo("String");
        assertThat(Graphs.spec(graph, "apply", WindowSpec.class).computation())
                .isInstanceOf(WindowComputation.KeepAll.class);
        assertThat(Graphs.outputType(graph, "apply"))
                .as("a lambda does not tell what it collects")
                .isEqualTo("Object");
    }

    static final class Remembering extends RichMapFunction<Visit, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String map(Visit value) {
            return value.user();
        }
    }

    @Test
    void richFunctionBehindKeyByIsKeyedAndAPlainOneIsNot() {
        byUser().map(new Remembering()).name("rich").print();
        byUser().map(Visit::user).name("plain").print();
        JobGraph graph = graph();
        assertThat(Graphs.spec(graph, "rich", KeyedProcessSpec.class).outputType())
                .isEqualTo(Types.STRING);
        assertThat(Graphs.plan(graph, "plain").spec()).isInstanceOf(MapSpec.class);
    }

    record Telling<X>(TypeInformation<X> getProducedType) implements MapFunction<Long, X>, ResultTypeQueryable<X> {
        @Override
        public X map(Long value) {
            throw new UnsupportedOperationException("never runs");
        }
    }

    @Test
    void functionMayTellItsTypeItself() {
        assertThat(env.fromSequence(1, 2)
                        .map(new Telling<>(Types.LIST(Types.STRING)))
                        .getType()
                        .describe())
                .isEqualTo("List<String>");
    }

    @Test
    void timestampsKeepTheType() {
        visits().assignTimestampsAndWatermarks(WatermarkStrategy.<Visit>forMonotonousTimestamps()
                        .withTimestampAssigner((visit, soFar) -> visit.seconds() * 1000))
                .name("timed")
                .print();
        TimestampsSpec<?> spec = Graphs.spec(graph(), "timed", TimestampsSpec.class);
        assertThat(spec.outputType().describe()).endsWith("Visit");
    }
}
