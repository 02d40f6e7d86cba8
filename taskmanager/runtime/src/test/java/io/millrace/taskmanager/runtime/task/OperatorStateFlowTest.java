package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * A job with operator state is lost at random moments and goes on from its last complete checkpoint at 2, 4, 1 and 3
 * subtasks, some of which have finished before: nothing of a list is lost or there twice, a sum kept in a union list is
 * exact, and broadcast state is the same in every subtask.
 */
class OperatorStateFlowTest {
    private static final int ELEMENTS = 1_200;
    private static final int HELD = 4;
    private static final int RULES = 5;
    private static final int[] PARALLELISMS = {2, 4, 1, 3};

    /** What functions of the last run began with. */
    private static final List<Long> HELD_AT_START = new ArrayList<>();

    private static final List<Map<Long, Long>> RULES_AT_START = new ArrayList<>();
    private static long countedAtStart;

    private static int restores;
    private static int restoresWithFinished;

    /** Holds some elements back: emits the oldest when there are more. */
    private static final class Buffer implements FlatMapFunction<Long, String>, CheckpointedFunction {
        private static final long serialVersionUID = 1;

        private transient Deque<Long> held;
        private transient ListState<Long> state;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            held = new ArrayDeque<>();
            state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("held", Long.class));
            state.get().forEach(held::add);
            HELD_AT_START.addAll(held);
            assertThat(context.isRestored() || held.isEmpty()).isTrue();
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(List.copyOf(held));
        }

        @Override
        public void flatMap(Long value, Collector<String> out) {
            held.add(value);
            if (held.size() > HELD) {
                out.collect("value " + held.remove());
            }
        }
    }

    /** Counts what passes: the first subtask goes on from what all together had counted. */
    private static final class Counter extends RichMapFunction<Long, Long> implements CheckpointedFunction {
        private static final long serialVersionUID = 1;

        private transient ListState<Long> counts;
        private transient long count;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            counts = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("counts", Long.class));
            if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
                counts.get().forEach(each -> count += each);
                countedAtStart = count;
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            counts.update(List.of(count));
        }

        @Override
        public Long map(Long value) {
            count++;
            return value;
        }
    }

    /** Keeps the largest value of each rule; all subtasks see the same values. */
    private static final class Rules extends RichMapFunction<Long, String> implements CheckpointedFunction {
        private static final long serialVersionUID = 1;

        private transient BroadcastState<Long, Long> rules;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            rules = context.getOperatorStateStore()
                    .getBroadcastState(new MapStateDescriptor<>("rules", Long.class, Long.class));
            Map<Long, Long> begun = new HashMap<>();
            rules.immutableEntries().forEach(entry -> begun.put(entry.getKey(), entry.getValue()));
            RULES_AT_START.add(begun);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public String map(Long value) {
            Long largest = rules.get(value % RULES);
            rules.put(value % RULES, largest == null ? value : Math.max(largest, value));
            return "rule";
        }
    }

    private static JobGraph graph(int readers, int parallelism, int sinks) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        env.getConfig().setAutoWatermarkInterval(0);
        var numbers = env.fromSource(
                        new NumberSequenceSource(0, ELEMENTS - 1), WatermarkStrategy.<Long>noWatermarks(), "numbers")
                .setParallelism(readers);
        numbers.map(new Counter())
                .setParallelism(readers)
                .rebalance()
                .flatMap(new Buffer())
                .setParallelism(parallelism)
                .sinkTo(new Ledger())
                .setParallelism(sinks);
        numbers.broadcast()
                .map(new Rules())
                .setParallelism(parallelism)
                .filter(text -> false)
                .setParallelism(parallelism)
                .sinkTo(new Ledger())
                .setParallelism(sinks);
        return env.getJobGraph("operator states");
    }

    private static final class Run {
        final SnapshotKeeper keeper;
        final JobRig rig;
        boolean completeWithFinished;

        Run(SnapshotKeeper keeper, JobRig rig) {
            this.keeper = keeper;
            this.rig = rig;
        }

        Set<SubtaskId> unfinished() {
            return rig.states().keySet().stream()
                    .filter(task -> !rig.states().get(task).isTerminal())
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    @Property(tries = 40)
    void operatorStateIsExactWhateverIsLost(@ForAll long seed) {
        Ledger.open();
        InMemoryStorages storages = new InMemoryStorages();
        Random random = new Random(seed);
        SnapshotKeeper before = null;
        for (int run = 0; run < PARALLELISMS.length; run++) {
            before = run(random, run, storages, before, run == PARALLELISMS.length - 1);
        }
        run(random, PARALLELISMS.length, storages, before, true);
        List<String> lines = Ledger.committed().stream()
                .flatMap(written -> List.of(written.split(";")).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        HELD_AT_START.forEach(value -> lines.add("value " + value));
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ELEMENTS)
                        .mapToObj(value -> "value " + value)
                        .toList());
        assertThat(countedAtStart).isEqualTo(ELEMENTS);
        Map<Long, Long> largest = new HashMap<>();
        LongStream.range(0, ELEMENTS).forEach(value -> largest.merge(value % RULES, value, Math::max));
        assertThat(RULES_AT_START).hasSize(PARALLELISMS[0]).containsOnly(largest);
    }

    /** Runs a job for a while, or to its end. @return its checkpoints, or those before if it has none */
    private static SnapshotKeeper run(
            Random random, int number, InMemoryStorages storages, @Nullable SnapshotKeeper before, boolean toTheEnd) {
        HELD_AT_START.clear();
        RULES_AT_START.clear();
        JobRig rig = new JobRig(1 + random.nextInt(2), 2, 64, random.nextLong(), storages);
        Run run = new Run(new SnapshotKeeper(new JobId(0, 10), "/run" + number, storages), rig);
        rig.watchBarriers(run.keeper::take);
        int parallelism = PARALLELISMS[number % PARALLELISMS.length];
        JobSketch sketch = rig.sketch().add(graph(1 + random.nextInt(3), parallelism, 1 + random.nextInt(2)));
        if (before != null && before.hasComplete()) {
            restores++;
            sketch.restoring((vertex, subtask) -> before.restorePoint(vertex));
        }
        rig.deploy(sketch).start();
        drive(run, random, toTheEnd ? Integer.MAX_VALUE : 200 + random.nextInt(4_000));
        assertThat(rig.failures()).isEmpty();
        assertThat(RULES_AT_START).hasSizeLessThanOrEqualTo(parallelism);
        assertThat(new HashSet<>(RULES_AT_START)).hasSizeLessThanOrEqualTo(1);
        if (!toTheEnd) {
            rig.cancelAll();
            rig.settle();
        }
        assertThat(rig.isClean()).isTrue();
        restoresWithFinished += run.completeWithFinished ? 1 : 0;
        return run.keeper.hasComplete() || before == null ? run.keeper : before;
    }

    private static void drive(Run run, Random random, int steps) {
        long announced = 0;
        Set<Long> open = new TreeSet<>();
        for (int step = 0; step < steps && !run.unfinished().isEmpty(); step++) {
            assertThat(step).isLessThan(3_000_000);
            if (random.nextInt(60) == 0) {
                run.rig.announce(++announced);
                open.add(announced);
            }
            if (random.nextInt(20) == 0 && !open.isEmpty()) {
                long next = open.iterator().next();
                if (random.nextInt(8) == 0) {
                    open.remove(next);
                    run.rig.giveUp(next);
                } else if (run.keeper.complete(next, run.unfinished())) {
                    open.remove(next);
                    run.completeWithFinished =
                            run.unfinished().size() < run.rig.states().size();
                    run.rig.complete(next);
                }
            }
            run.rig.stepAtRandom(random);
        }
    }

    /** A property in which nothing was ever restored would hold as well. */
    @AfterContainer
    static void somethingWasRestored() {
        assertThat(restores).isGreaterThan(40);
        assertThat(restoresWithFinished).isGreaterThan(40);
    }
}
