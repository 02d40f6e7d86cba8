package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointListener;
import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.checkpoint.ListCheckpointed;
import io.millrace.api.datastream.DataStream;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.sink.lib.DiscardingSink;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What functions of every kind are told of checkpoints, and in which order. */
class CheckpointedFunctionTest {
    private static final List<String> CALLS = new ArrayList<>();

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    /** Remembers what was called; keeps how often it was initialized. */
    private interface Witness extends CheckpointedFunction {
        @Override
        default void initializeState(FunctionInitializationContext context) throws Exception {
            var state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("runs", Integer.class));
            int runs = 0;
            for (int each : state.get()) {
                runs += each;
            }
            state.update(List.of(runs + 1));
            CALLS.add("initialize " + runs + " " + context.isRestored() + " " + context.getRestoredCheckpointId());
        }

        @Override
        default void snapshotState(FunctionSnapshotContext context) {
            CALLS.add("snapshot " + context.getCheckpointId());
            assertThat(context.getCheckpointTimestamp()).isGreaterThan(1_600_000_000_000L);
        }
    }

    private static final class Rich extends RichMapFunction<Long, Long> implements Witness, CheckpointListener {
        private static final long serialVersionUID = 1;

        @Override
        public void open(OpenContext context) {
            CALLS.add("open");
        }

        @Override
        public Long map(Long value) {
            CALLS.add("map");
            return value;
        }

        @Override
        public void close() {
            CALLS.add("close " + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            CALLS.add("complete " + checkpointId);
        }

        @Override
        public void notifyCheckpointAborted(long checkpointId) {
            CALLS.add("aborted " + checkpointId);
        }
    }

    private static final class Mapping implements MapFunction<Long, Long>, Witness {
        private static final long serialVersionUID = 1;

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    private static final class Filtering implements FilterFunction<Long>, Witness {
        private static final long serialVersionUID = 1;

        @Override
        public boolean filter(Long value) {
            return true;
        }
    }

    private static final class FlatMapping implements FlatMapFunction<Long, Long>, Witness {
        private static final long serialVersionUID = 1;

        @Override
        public void flatMap(Long value, Collector<Long> out) {
            out.collect(value);
        }
    }

    private static final class Processing extends ProcessFunction<Long, Long> implements Witness {
        private static final long serialVersionUID = 1;

        @Override
        public void processElement(Long value, ProcessFunction<Long, Long>.Context context, Collector<Long> out) {
            out.collect(value);
        }
    }

    private static final class KeyedProcessing extends KeyedProcessFunction<Long, Long, Long> implements Witness {
        private static final long serialVersionUID = 1;

        @Override
        public void processElement(
                Long value, KeyedProcessFunction<Long, Long, Long>.Context context, Collector<Long> out) {
            out.collect(value);
        }
    }

    private static final class Reducing implements ReduceFunction<Long>, Witness {
        private static final long serialVersionUID = 1;

        @Override
        public Long reduce(Long a, Long b) {
            return a + b;
        }
    }

    private static final class Listed implements MapFunction<Long, Long>, ListCheckpointed<String> {
        private static final long serialVersionUID = 1;

        @Override
        public Long map(Long value) {
            return value;
        }

        @Override
        public List<String> snapshotState(long checkpointId, long timestamp) {
            return List.of("a" + checkpointId, "b");
        }

        @Override
        public void restoreState(List<String> state) {
            CALLS.add("restored " + state);
        }
    }

    /** Asks for keyed state where there are no keys. */
    private static final class Keyless implements MapFunction<Long, Long>, CheckpointedFunction {
        private static final long serialVersionUID = 1;

        @Override
        public void initializeState(FunctionInitializationContext context) {
            context.getKeyedStateStore().getState(new ValueStateDescriptor<>("x", Long.class));
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    private static final class Fails implements MapFunction<Long, Long>, CheckpointedFunction {
        private static final long serialVersionUID = 1;

        @Override
        public void initializeState(FunctionInitializationContext context) {}

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            throw new IllegalStateException("no");
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    private final InMemoryStorages storages = new InMemoryStorages();
    private final SnapshotKeeper first = new SnapshotKeeper(new JobId(0, 1), "/first", storages);

    private JobRig started(Function<DataStream<Long>, DataStream<Long>> job, boolean restored) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .setParallelism(1)
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        job.apply(env.fromSequence(1, 2)).sinkTo(new DiscardingSink<>());
        JobRig rig = new JobRig(1, 4, 64, 1, storages);
        rig.watchBarriers(restored ? (task, snapshot) -> {} : first::take);
        JobSketch sketch = rig.sketch().add(env.getJobGraph("functions"));
        if (restored) {
            sketch.restoring((vertex, subtask) -> first.restorePoint(vertex));
        }
        return rig.deploy(sketch).start().settle();
    }

    /** Runs a job up to its second checkpoint, and then once more from there. */
    private void runTwice(Function<DataStream<Long>, DataStream<Long>> job) {
        JobRig rig = started(job, false);
        rig.cover(1);
        first.complete(1, new HashSet<>(rig.states().keySet()));
        assertThat(rig.failures()).isEmpty();
        CALLS.add("again");
        rig = started(job, true);
        rig.cover(2);
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void aFunctionIsInitializedBeforeItIsOpenedAndToldOfCheckpoints() {
        JobRig rig = started(numbers -> numbers.map(new Rich()), false);
        rig.announce(1);
        rig.settle().giveUp(1);
        rig.cover(2);
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(CALLS)
                .containsExactly(
                        "initialize 0 false OptionalLong.empty",
                        "open",
                        "map",
                        "map",
                        "snapshot 1",
                        "aborted 1",
                        "snapshot 2",
                        "complete 2",
                        "close 0");
    }

    @Test
    void functionsOfEveryKindHaveOperatorState() {
        List<Function<DataStream<Long>, DataStream<Long>>> kinds = List.of(
                numbers -> numbers.map(new Mapping()),
                numbers -> numbers.filter(new Filtering()),
                numbers -> numbers.flatMap(new FlatMapping()),
                numbers -> numbers.process(new Processing()),
                numbers -> numbers.keyBy(value -> value).process(new KeyedProcessing()),
                numbers -> numbers.keyBy(value -> value).reduce(new Reducing()));
        for (Function<DataStream<Long>, DataStream<Long>> kind : kinds) {
            CheckpointedFunctionTest test = new CheckpointedFunctionTest();
            CALLS.clear();
            test.runTwice(kind);
            assertThat(CALLS)
                    .containsExactly(
                            "initialize 0 false OptionalLong.empty",
                            "snapshot 1",
                            "again",
                            "initialize 1 true OptionalLong[1]",
                            "snapshot 2");
        }
    }

    @Test
    void theOlderFormGetsItsListBack() {
        runTwice(numbers -> numbers.map(new Listed()));
        assertThat(CALLS).containsExactly("again", "restored [a1, b]");
    }

    @Test
    void stateThatNobodyAsksForAnyMoreIsHandedOn() {
        runTwice(numbers -> numbers.map(new Mapping()));
        List<SnapshotPart> given = new ArrayList<>();
        JobRig rig = started(numbers -> numbers.map(value -> value), true);
        rig.watchBarriers((task, snapshot) -> given.addAll(snapshot.parts()));
        rig.cover(3);
        assertThat(rig.failures()).isEmpty();
        assertThat(given.stream().filter(part -> part.kind() == PartKind.OPERATOR_LIST))
                .singleElement()
                .satisfies(part -> assertThat(part.state()).isEqualTo("runs"));
    }

    @Test
    void keyedStateWithoutKeysIsRefusedByName() {
        JobRig rig = started(numbers -> numbers.map(new Keyless()), false);
        assertThat(rig.failures().values())
                .anySatisfy(failure -> assertThat(failure.problem().code()).isEqualTo("STATE_WITHOUT_KEY"));
        rig.cancelAll();
    }

    @Test
    void aSnapshotThatFailsNamesTheOperator() {
        JobRig rig = started(numbers -> numbers.map(new Fails()).name("failing"), false);
        rig.announce(1);
        rig.settle();
        assertThat(rig.failures().values())
                .anySatisfy(failure -> assertThat(failure.problem().render())
                        .contains("USER_FUNCTION_FAILED")
                        .contains("operator 'failing'"));
        rig.cancelAll();
    }
}
