package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.client.connectors.files.FileSink;
import io.millrace.client.connectors.files.SimpleStringEncoder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Numbers with a sequence per key, counted, windowed and timed; every line of its output is the same whatever fails in
 * between. Some records are late, and are told.
 */
public final class SequenceJob {
    private static final int KEYS = 50;
    private static final long OUT_OF_ORDER_MS = 40;
    private static final Duration WINDOW = Duration.ofMillis(200);

    private SequenceJob() {}

    /** @param arguments output directory, how many numbers, how many a second */
    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        long count = Long.parseLong(arguments[1]);
        var numbers = RateLimitedSource.of(new NumberSequenceSource(0, count - 1), Double.parseDouble(arguments[2]));
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(context -> new AfterEveryNumber())
                .withTimestampAssigner((number, timestamp) -> timeOf(number));
        var keyed =
                env.fromSource(numbers, strategy, "numbers").setParallelism(1).keyBy(number -> number % KEYS);
        keyed.process(new Sequences())
                .sinkTo(FileSink.forRowFormat(Path.of(arguments[0], "sequences"), new SimpleStringEncoder<String>())
                        .build());
        keyed.window(TumblingEventTimeWindows.of(WINDOW))
                .reduce(Long::sum)
                .map(sum -> "window " + sum)
                .sinkTo(FileSink.forRowFormat(Path.of(arguments[0], "windows"), new SimpleStringEncoder<String>())
                        .build());
        env.execute("sequences");
    }

    /** A millisecond per number; every 97th is 90 ms older, and so is late. */
    private static long timeOf(long number) {
        return number % 97 == 96 ? number - 90 : number;
    }

    /** What is older than the newest by more than the bound is late, judged by the numbers before it alone. */
    private static final class AfterEveryNumber implements WatermarkGenerator<Long> {
        private long newest = Long.MIN_VALUE;

        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            if (eventTimestamp > newest) {
                newest = eventTimestamp;
                output.emitWatermark(new Watermark(newest - OUT_OF_ORDER_MS));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    /** Tells of each key's numbers how many there were, when timers say so, and of gaps and late ones at once. */
    private static final class Sequences extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> last;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Long.class));
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out) throws Exception {
            Long before = last.value();
            if (before != null && number != before + KEYS) {
                out.collect("gap of key " + context.getCurrentKey() + " after " + before + ": " + number);
            }
            last.update(number);
            Long counted = count.value();
            count.update(counted == null ? 1 : counted + 1);
            if (timeOf(number) <= context.timerService().currentWatermark()) {
                out.collect("late " + number);
            } else {
                context.timerService().registerEventTimeTimer(timeOf(number) / 500 * 500 + 500);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
            out.collect("count " + context.getCurrentKey() + " " + timestamp + " " + count.value());
        }
    }
}
