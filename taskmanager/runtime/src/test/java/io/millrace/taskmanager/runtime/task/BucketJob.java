package io.millrace.taskmanager.runtime.task;

import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.common.graph.JobGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A job with state of every kind, whose output does not depend on when it is interrupted.
 *
 * @param readers and the others: parallelism
 * @param overtaking whether barriers do not wait for alignment
 */
record BucketJob(int processes, int readers, int counters, int sinks, boolean overtaking) implements FlowJob {
    static final int ELEMENTS = 1_500;
    private static final int KEYS = 7;
    private static final long BUCKET_MS = 100;

    /** Nothing older follows within a split. */
    private static final class EveryElement implements WatermarkGenerator<Long> {
        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(eventTimestamp));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    /** Counts each key's elements by buckets of event time, and tells of a bucket when its time is over. */
    private static final class Buckets extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1;

        private transient MapState<Long, Long> counts;
        private transient ValueState<Long> all;

        @Override
        public void open(OpenContext context) {
            counts = getRuntimeContext().getMapState(new MapStateDescriptor<>("counts", Long.class, Long.class));
            all = getRuntimeContext().getState(new ValueStateDescriptor<>("all", Long.class));
        }

        @Override
        public void processElement(Long value, Context context, Collector<String> out) throws Exception {
            long bucket = value / BUCKET_MS;
            Long before = counts.get(bucket);
            counts.put(bucket, before == null ? 1 : before + 1);
            Long sum = all.value();
            all.update(sum == null ? 1 : sum + 1);
            context.timerService().registerEventTimeTimer((bucket + 1) * BUCKET_MS - 1);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
            long bucket = timestamp / BUCKET_MS;
            out.collect("bucket " + context.getCurrentKey() + " " + bucket + " " + counts.get(bucket));
            counts.remove(bucket);
            if (bucket == (ELEMENTS - 1) / BUCKET_MS) {
                out.collect("all " + context.getCurrentKey() + " " + all.value());
            }
        }
    }

    static BucketJob random(Random random) {
        return new BucketJob(
                1 + random.nextInt(2),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextBoolean());
    }

    @Override
    public JobGraph graph() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        env.getCheckpointConfig().enableUnalignedCheckpoints(overtaking);
        env.getCheckpointConfig().setAlignedCheckpointTimeout(Duration.ZERO);
        env.getConfig().setAutoWatermarkInterval(0);
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(context -> new EveryElement())
                .withTimestampAssigner((value, timestamp) -> value);
        var keyed = env.fromSource(new NumberSequenceSource(0, ELEMENTS - 1), strategy, "numbers")
                .setParallelism(readers)
                .keyBy(value -> value % KEYS);
        keyed.process(new Buckets())
                .setParallelism(counters)
                .sinkTo(new Ledger())
                .setParallelism(sinks);
        keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(BUCKET_MS)))
                .reduce(Long::sum)
                .setParallelism(counters)
                .map(value -> "window " + value)
                .setParallelism(counters)
                .sinkTo(new Ledger())
                .setParallelism(sinks);
        return env.getJobGraph("restored");
    }

    /** What it commits in the end, however often it was interrupted. */
    static List<String> expected() {
        Map<String, Long> buckets = new TreeMap<>();
        Map<String, Long> windows = new TreeMap<>();
        Map<Long, Long> all = new TreeMap<>();
        for (long value = 0; value < ELEMENTS; value++) {
            String place = value % KEYS + " " + value / BUCKET_MS;
            buckets.merge(place, 1L, Long::sum);
            windows.merge(place, value, Long::sum);
            all.merge(value % KEYS, 1L, Long::sum);
        }
        List<String> lines = new ArrayList<>();
        buckets.forEach((place, count) -> lines.add("bucket " + place + " " + count));
        windows.forEach((place, sum) -> lines.add("window " + sum));
        all.forEach((key, count) -> lines.add("all " + key + " " + count));
        return lines;
    }
}
