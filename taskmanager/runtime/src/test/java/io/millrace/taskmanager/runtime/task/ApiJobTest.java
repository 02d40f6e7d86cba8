package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.taskmanager.runtime.rig.JobRig;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs as their authors write them, serialized and run on two processes of two slots; the result is what they print.
 */
class ApiJobTest {

    record Visit(String user, int bytes, long seconds) {}

    private static StreamExecutionEnvironment environment(int parallelism) {
        return StreamExecutionEnvironment.getExecutionEnvironment()
                .setParallelism(parallelism)
                .setMaxParallelism(128);
    }

    /** Runs the job to its end and gives what it printed, without the subtask in front. */
    private static List<String> run(StreamExecutionEnvironment env) {
        JobRig rig = new JobRig(2, 2);
        rig.deploy(rig.sketch().add(env.getJobGraph("test"))).start().settle();
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(rig.isClean()).isTrue();
        return rig.lines().stream()
                .map(line -> line.replaceFirst("^(\\w*):?\\d> ", "$1> ").replaceFirst("^> ", ""))
                .toList();
    }

    /** In this order up to the next exchange. */
    private static DataStream<Visit> visits(StreamExecutionEnvironment env) {
        return env.fromData(
                        new Visit("ann", 10, 1),
                        new Visit("bob", 20, 2),
                        new Visit("ann", 30, 9),
                        new Visit("ann", 40, 11),
                        new Visit("bob", 50, 12))
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Visit>forMonotonousTimestamps()
                        .withTimestampAssigner((visit, soFar) -> visit.seconds() * 1000))
                .setParallelism(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void wordsAreCountedWithoutATypeHint(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        env.fromData("to be or", "not to be")
                .flatMap((String line, Collector<Tuple2<String, Integer>> out) -> {
                    for (String word : line.split(" ", -1)) {
                        out.collect(Tuple2.of(word, 1));
                    }
                })
                .keyBy(pair -> pair.f0)
                .sum(1)
                .print();
        assertThat(run(env)).containsExactlyInAnyOrder("(to,1)", "(be,1)", "(or,1)", "(not,1)", "(to,2)", "(be,2)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void mixedElementsCrossProcessesWithTheirClasses(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        env.fromCollection(List.of("Hello", "World", 123, 45.67, true))
                .rebalance()
                .map(x -> x.getClass().getSimpleName() + " " + x)
                .print();
        assertThat(run(env))
                .containsExactlyInAnyOrder(
                        "String Hello", "String World", "Integer 123", "Double 45.67", "Boolean true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void windowsAreSummedCountedAndEvaluated(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        var windows = visits(env).keyBy(Visit::user).window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)));
        windows.sum(visit -> 1).print("sum");
        windows.count().print("count");
        windows.sum("bytes").print("bytes");
        windows.apply((String key, TimeWindow window, Iterable<Visit> all, Collector<String> out) -> {
                    int bytes = 0;
                    for (Visit visit : all) {
                        bytes += visit.bytes();
                    }
                    out.collect(key + " " + window.getStart() + " " + bytes);
                })
                .print("apply");
        assertThat(run(env))
                .containsExactlyInAnyOrder(
                        "sum> 2",
                        "sum> 1",
                        "sum> 1",
                        "sum> 1",
                        "count> 2",
                        "count> 1",
                        "count> 1",
                        "count> 1",
                        "bytes> Visit[user=ann, bytes=40, seconds=1]",
                        "bytes> Visit[user=bob, bytes=20, seconds=2]",
                        "bytes> Visit[user=ann, bytes=40, seconds=11]",
                        "bytes> Visit[user=bob, bytes=50, seconds=12]",
                        "apply> ann 0 40",
                        "apply> bob 0 20",
                        "apply> ann 10000 40",
                        "apply> bob 10000 50");
    }

    static final class Numbering extends RichMapFunction<Visit, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Integer> count;

        @Override
        public void open(OpenContext openContext) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Integer.class));
        }

        @Override
        public String map(Visit visit) {
            Integer before = count.value();
            int now = before == null ? 1 : before + 1;
            count.update(now);
            return visit.user() + now;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void richMapBehindKeyByHasState(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        visits(env).keyBy(Visit::user).map(new Numbering()).print();
        assertThat(run(env)).containsExactlyInAnyOrder("ann1", "bob1", "ann2", "ann3", "bob2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rollingSumsAndReductionsFollowEveryElement(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        visits(env).keyBy(Visit::user).sum(Visit::bytes).print("sum");
        visits(env)
                .keyBy(Visit::user)
                .reduce((a, b) -> new Visit(a.user(), Math.max(a.bytes(), b.bytes()), b.seconds()))
                .map(visit -> visit.user() + visit.bytes())
                .print("max");
        assertThat(run(env))
                .containsExactlyInAnyOrder(
                        "sum> 10",
                        "sum> 40",
                        "sum> 80",
                        "sum> 20",
                        "sum> 70",
                        "max> ann10",
                        "max> ann30",
                        "max> ann40",
                        "max> bob20",
                        "max> bob50");
    }

    static final class Closing extends KeyedProcessFunction<String, Visit, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Visit value, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(20_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.getCurrentKey() + " closed at " + timestamp);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void timersFireAtTheEndOfInput(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        visits(env).keyBy(Visit::user).process(new Closing()).print();
        assertThat(run(env)).containsExactlyInAnyOrder("ann closed at 20000", "bob closed at 20000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sideOutputsUnionsAndExchangesDeliverEverythingOnce(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        OutputTag<String> odd = new OutputTag<>("odd") {};
        SingleOutputStreamOperator<Long> even = env.fromSequence(1, 40).process(new ProcessFunction<Long, Long>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void processElement(Long value, ProcessFunction<Long, Long>.Context ctx, Collector<Long> out) {
                if (value % 2 == 0) {
                    out.collect(value);
                } else {
                    ctx.output(odd, "odd " + value);
                }
            }
        });
        DataStream<String> named = even.rebalance().map(x -> "even " + x);
        named.union(even.getSideOutput(odd).shuffle())
                .keyBy(text -> text.length())
                .filter(text -> !text.endsWith(" 7"))
                .print();
        List<String> expected = IntStream.rangeClosed(1, 40)
                .filter(x -> x != 7)
                .mapToObj(x -> (x % 2 == 0 ? "even " : "odd ") + x)
                .toList();
        assertThat(run(env)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nullOfAParserIsDroppedByAChainedFilter(int parallelism) {
        StreamExecutionEnvironment env = environment(parallelism);
        env.fromData("1", "x", "3")
                .map(ApiJobTest::parsed)
                .filter(x -> x != null)
                .map(x -> x + 1)
                .rebalance()
                .print();
        assertThat(run(env)).containsExactlyInAnyOrder("2", "4");
    }

    @SuppressWarnings("NullAway")
    private static Integer parsed(String text) {
        return Character.isDigit(text.charAt(0)) ? Integer.valueOf(text) : null;
    }
}
