package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.CompiledClass;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job is stopped, its records get other fields, and it goes on from its checkpoint at another parallelism. */
class SchemaFlowTest {
    private static final int ELEMENTS = 3_000;
    private static final int KEYS = 5;

    private static final List<Class<Object>> ACCOUNTS = List.of(
            CompiledClass.of("Account", """
                    public record Account(int count, String gone, int sum)
                            implements java.util.function.LongFunction<Object> {
                        public Account() { this(0, "", 0); }
                        public Object apply(long value) { return new Account(count + 1, "x", (int) (sum + value)); }
                        public String toString() { return "old"; }
                    }
                    """), CompiledClass.of("Account", """
                    public record Account(Long sum, String added, int count)
                            implements java.util.function.LongFunction<Object> {
                        public Account() { this(0L, null, 0); }
                        public Object apply(long value) { return new Account(sum + value, added, count + 1); }
                        public String toString() { return count + " " + sum; }
                    }
                    """), CompiledClass.of("Account", """
                    public record Account(int count, String gone, String sum)
                            implements java.util.function.LongFunction<Object> {
                        public Account() { this(0, "", ""); }
                        public Object apply(long value) { return this; }
                    }
                    """));

    private static long listed;

    private static final class AtTheEnd implements WatermarkGenerator<Long> {
        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(eventTimestamp));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    /** Keeps an account per key, one per key and half, and one per subtask. */
    private static final class Accounts extends KeyedProcessFunction<Long, Long, String>
            implements CheckpointedFunction {
        private static final long serialVersionUID = 1;

        private final int version;
        private transient ValueState<Object> all;
        private transient MapState<Integer, Object> halves;
        private transient ListState<Object> own;
        private transient Object seen;

        Accounts(int version) {
            this.version = version;
        }

        private Object next(@Nullable Object account, long value) throws ReflectiveOperationException {
            Object before =
                    account == null ? ACCOUNTS.get(version).getConstructor().newInstance() : account;
            return ((LongFunction<?>) before).apply(value);
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            TypeInformation<Object> type = TypeInformation.of(ACCOUNTS.get(version));
            own = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("own", type));
            for (Object each : own.get()) {
                assertThat(each.getClass()).isSameAs(ACCOUNTS.get(version));
                listed++;
            }
        }

        @Override
        public void open(OpenContext context) {
            TypeInformation<Object> type = TypeInformation.of(ACCOUNTS.get(version));
            all = getRuntimeContext().getState(new ValueStateDescriptor<>("all", type));
            halves = getRuntimeContext()
                    .getMapState(new MapStateDescriptor<>("halves", TypeInformation.of(Integer.class), type));
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            if (seen != null) {
                own.update(List.of(seen));
            }
        }

        @Override
        public void processElement(Long value, Context context, Collector<String> out) throws Exception {
            all.update(next(all.value(), value));
            int half = value < ELEMENTS / 2 ? 1 : 2;
            halves.put(half, next(halves.get(half), value));
            seen = next(seen, value);
            context.timerService().registerEventTimeTimer(ELEMENTS);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
            out.collect(context.getCurrentKey() + ": " + all.value() + ", " + halves.get(1) + ", " + halves.get(2));
        }
    }

    private static JobGraph graph(int version, int parallelism) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        env.getConfig().setAutoWatermarkInterval(0);
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(context -> new AtTheEnd())
                .withTimestampAssigner((value, timestamp) -> value);
        env.fromSource(new NumberSequenceSource(0, ELEMENTS - 1), strategy, "numbers")
                .keyBy(value -> value % KEYS)
                .process(new Accounts(version))
                .setParallelism(parallelism)
                .sinkTo(new Ledger());
        return env.getJobGraph("versions");
    }

    private static JobRig rig(
            JobGraph graph, @Nullable SnapshotKeeper from, SnapshotKeeper keeper, InMemoryStorages at) {
        JobRig rig = new JobRig(2, 2, 64, 1, at);
        rig.watchBarriers(keeper::take);
        JobSketch sketch = rig.sketch().add(graph);
        if (from != null) {
            sketch.restoring((vertex, subtask) -> from.restorePoint(vertex));
        }
        return rig.deploy(sketch).start();
    }

    /** Runs the first version for a while. @return its checkpoint */
    private static SnapshotKeeper stopped(InMemoryStorages storages) {
        Ledger.open();
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/old", storages);
        JobRig rig = rig(graph(0, 2), null, keeper, storages);
        Random random = new Random(5);
        for (int step = 0; step < 60; step++) {
            rig.stepAtRandom(random);
        }
        rig.announce(1);
        for (int step = 0; !keeper.complete(1, unfinished(rig)); step++) {
            assertThat(step).isLessThan(100_000);
            rig.stepAtRandom(random);
        }
        rig.complete(1);
        assertThat(rig.failures()).isEmpty();
        rig.cancelAll();
        rig.settle();
        assertThat(Ledger.committed()).isEmpty();
        return keeper;
    }

    private static Set<SubtaskId> unfinished(JobRig rig) {
        Set<SubtaskId> unfinished = new HashSet<>(rig.states().keySet());
        unfinished.removeIf(task -> rig.states().get(task).isTerminal());
        return unfinished;
    }

    @Test
    void stateOfTheOldVersionIsGoneOnWithByTheNew() {
        InMemoryStorages storages = new InMemoryStorages();
        SnapshotKeeper old = stopped(storages);
        listed = 0;
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/new", storages);
        JobRig rig = rig(graph(1, 3), old, keeper, storages).settle().cover(2).cover(3);
        assertThat(rig.failures()).isEmpty();
        assertThat(listed).isEqualTo(2);
        assertThat(Ledger.committed().stream().flatMap(text -> List.of(text.split(";")).stream()))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, KEYS)
                        .mapToObj(key -> key + ": " + account(key, 0, ELEMENTS) + ", " + account(key, 0, ELEMENTS / 2)
                                + ", " + account(key, ELEMENTS / 2, ELEMENTS))
                        .toList());
    }

    private static String account(long key, long from, long to) {
        long[] values =
                LongStream.range(from, to).filter(value -> value % KEYS == key).toArray();
        return values.length + " " + LongStream.of(values).sum();
    }

    @Test
    void aVersionThatCannotReadItFailsByNameBeforeItsFirstElement() {
        InMemoryStorages storages = new InMemoryStorages();
        SnapshotKeeper old = stopped(storages);
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/new", storages);
        JobRig rig = rig(graph(2, 3), old, keeper, storages).settle();
        assertThat(rig.failures()).isNotEmpty();
        rig.failures().values().forEach(failure -> assertThat(failure.problem().render())
                .contains("STATE_INCOMPATIBLE")
                .contains("State 'own' does not fit: Account.sum is String and was int")
                .contains("operator '")
                .contains("give the state another name"));
        rig.finalStatistics().forEach((task, statistics) -> {
            if (rig.failures().containsKey(task)) {
                assertThat(statistics.recordsIn()).isZero();
            }
        });
        rig.cancelAll();
        rig.settle();
        assertThat(rig.isClean()).isTrue();
    }
}
