package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * A job with state of every kind is lost at random moments, again and again, and goes on from its last complete
 * checkpoint at another parallelism each time: in the end its committed output is what it would have been without.
 */
class RestoreFlowTest {
    private static final int ELEMENTS = 1_500;
    private static final int KEYS = 7;
    private static final long BUCKET_MS = 100;

    private static InMemoryStorages storages = new InMemoryStorages();
    private static int restoresInTheMiddle;

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

    /** @param readers and the others: parallelism */
    private record Shape(int processes, int readers, int counters, int sinks) {
        static Shape random(Random random) {
            return new Shape(
                    1 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(3));
        }
    }

    private static JobGraph graph(Shape shape) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        env.getConfig().setAutoWatermarkInterval(0);
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(context -> new EveryElement())
                .withTimestampAssigner((value, timestamp) -> value);
        var keyed = env.fromSource(new NumberSequenceSource(0, ELEMENTS - 1), strategy, "numbers")
                .setParallelism(shape.readers)
                .keyBy(value -> value % KEYS);
        keyed.process(new Buckets())
                .setParallelism(shape.counters)
                .sinkTo(new Ledger())
                .setParallelism(shape.sinks);
        keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(BUCKET_MS)))
                .reduce(Long::sum)
                .setParallelism(shape.counters)
                .map(value -> "window " + value)
                .setParallelism(shape.counters)
                .sinkTo(new Ledger())
                .setParallelism(shape.sinks);
        return env.getJobGraph("restored");
    }

    private static List<String> expected() {
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

    @Property(tries = 60)
    void committedOutputIsThatOfARunWithoutFailures(
            @ForAll @IntRange(min = 0, max = 4) int failures, @ForAll long seed) {
        Ledger.open();
        storages = new InMemoryStorages();
        Random random = new Random(seed);
        SnapshotKeeper before = null;
        for (int run = 0; run <= failures; run++) {
            before = run(random, run, before, run == failures);
        }
        List<String> lines = Ledger.committed().stream()
                .flatMap(written -> List.of(written.split(";")).stream())
                .collect(Collectors.toList());
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** Runs a job for a while, or to its end. @return its checkpoints */
    private static SnapshotKeeper run(Random random, int run, @Nullable SnapshotKeeper before, boolean toTheEnd) {
        Shape shape = Shape.random(random);
        JobRig rig = new JobRig(shape.processes, 2, 64, random.nextLong(), storages);
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/run" + run, storages);
        rig.watchBarriers(keeper::take);
        JobSketch sketch = rig.sketch().add(graph(shape));
        if (before != null && before.hasComplete()) {
            restoresInTheMiddle++;
            SnapshotKeeper from = before;
            sketch.restoring((vertex, subtask) -> from.restorePoint(vertex));
        }
        rig.deploy(sketch).start();
        long announced = 0;
        Set<Long> open = new TreeSet<>();
        int steps = toTheEnd ? Integer.MAX_VALUE : 200 + random.nextInt(3_000);
        for (int step = 0; step < steps && !isOver(rig); step++) {
            assertThat(step).isLessThan(3_000_000);
            if (random.nextInt(60) == 0) {
                rig.announce(++announced);
                open.add(announced);
            }
            if (random.nextInt(20) == 0 && !open.isEmpty()) {
                long next = open.iterator().next();
                if (random.nextInt(8) == 0) {
                    open.remove(next);
                    rig.giveUp(next);
                } else if (keeper.complete(next, unfinished(rig))) {
                    open.remove(next);
                    rig.complete(next);
                }
            }
            rig.stepAtRandom(random);
        }
        assertThat(rig.failures()).isEmpty();
        if (!toTheEnd) {
            rig.cancelAll();
            rig.settle();
        }
        assertThat(rig.isClean()).isTrue();
        return keeper.hasComplete() || before == null ? keeper : before;
    }

    private static Set<SubtaskId> unfinished(JobRig rig) {
        Set<SubtaskId> unfinished = new HashSet<>(rig.states().keySet());
        unfinished.removeIf(task -> rig.states().get(task).isTerminal());
        return unfinished;
    }

    private static boolean isOver(JobRig rig) {
        return rig.states().values().stream().allMatch(TaskState::isTerminal);
    }

    /** A property in which nothing was ever restored would hold as well. */
    @AfterAll
    static void somethingWasRestored() {
        assertThat(restoresInTheMiddle).isGreaterThan(10);
    }
}
