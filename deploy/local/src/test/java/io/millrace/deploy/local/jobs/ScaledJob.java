package io.millrace.deploy.local.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers counted per key, windowed and timed. What it says of a number, a timer or a window does not depend on the
 * order in which they come, so neither on the parallelism; whatever is said twice is the same.
 */
public final class ScaledJob {
    private static final int KEYS = 20;
    private static final int WINDOW_MS = 1_000;

    /** What was said in this JVM. */
    public static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private ScaledJob() {}

    /** @param perSecond of all sources together */
    public static void build(StreamExecutionEnvironment env, int count, int perSecond) {
        var numbers = RateLimitedSource.of(new NumberSequenceSource(0, count - 1), (double) perSecond);
        WatermarkStrategy<Long> strategy =
                WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((number, timestamp) -> number);
        var keyed = env.fromSource(numbers, strategy, "numbers").keyBy(number -> number % KEYS);
        keyed.process(new Counts()).sinkTo(new SayingSink());
        keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                .reduce(Long::sum)
                .map(sum -> "window " + sum)
                .sinkTo(new SayingSink());
    }

    /** @param count a multiple of the keys and of a window */
    public static Set<String> expected(int count) {
        Set<String> all = new TreeSet<>();
        for (int key = 0; key < KEYS; key++) {
            for (int i = 1; i <= count / KEYS; i++) {
                all.add("count " + key + " " + i);
            }
            for (long begin = 0; begin < count; begin += WINDOW_MS) {
                all.add("timer " + key + " " + (begin + WINDOW_MS));
                long sum = 0;
                for (long number = begin + key; number < begin + WINDOW_MS; number += KEYS) {
                    sum += number;
                }
                all.add("window " + sum);
            }
        }
        return all;
    }

    private static final class Counts extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out) throws Exception {
            Long before = count.value();
            long now = before == null ? 1 : before + 1;
            count.update(now);
            out.collect("count " + context.getCurrentKey() + " " + now);
            context.timerService().registerEventTimeTimer(number / WINDOW_MS * WINDOW_MS + WINDOW_MS);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
            out.collect("timer " + context.getCurrentKey() + " " + timestamp);
        }
    }
}
