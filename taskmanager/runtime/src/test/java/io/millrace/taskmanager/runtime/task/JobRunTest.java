package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.FilterSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small jobs over several processes and slots, from source to sink. */
class JobRunTest {
    private static final ExchangeSpec<Long, Long> BY_TENS =
            new ExchangeSpec<>(Types.LONG, new Keying<>(value -> value / 10, Types.LONG), (k, n) -> 0);

    private static <T> WatermarkStrategy<T> noWatermarks() {
        return WatermarkStrategy.noWatermarks();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void oneChainRunsFromSourceToSink() {
        JobRig rig = new JobRig(1, 1);
        RecordingSink<String> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        job.source(
                new ListSource<>(List.of(numbers(0, 10))),
                1,
                noWatermarks(),
                Types.LONG,
                new FilterSpec<Long>(value -> value % 2 == 0, Types.LONG),
                new FlatMapSpec<Long, Long>(
                        (value, out) -> {
                            out.collect(value);
                            out.collect(-value);
                        },
                        Types.LONG),
                new MapSpec<Long, String>(value -> "n" + value, Types.STRING),
                new SinkSpec<>(sink));

        rig.deploy(job).start().settle();

        assertThat(sink.elements()).containsExactly("n0", "n0", "n2", "n-2", "n4", "n-4", "n6", "n-6", "n8", "n-8");
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(sink.calls()).containsExactly("flush true 0", "close 0");
        assertThat(rig.isClean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExchangeKind.class,
            names = {"HASH", "REBALANCE", "RESCALE", "SHUFFLE", "GLOBAL", "CUSTOM"})
    void everyElementReachesOneConsumer(ExchangeKind kind) {
        JobRig rig = new JobRig(2, 2);
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        int source = job.source(
                new ListSource<>(List.of(numbers(0, 500), numbers(500, 1_200))), 2, noWatermarks(), Types.LONG);
        int target = job.vertex("Sink", 4, new SinkSpec<>(sink));
        job.edge(source, target, kind, BY_TENS);

        rig.deploy(job).start().settle();

        assertThat(rig.failures()).isEmpty();
        assertThat(sink.elements()).containsExactlyInAnyOrderElementsOf(numbers(0, 1_200));
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(rig.isClean()).isTrue();
    }

    @Test
    void broadcastReachesEveryConsumer() {
        JobRig rig = new JobRig(2, 1);
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        int source = job.source(new ListSource<>(List.of(numbers(0, 100))), 1, noWatermarks(), Types.LONG);
        int target = job.vertex("Sink", 3, new SinkSpec<>(sink));
        job.edge(source, target, ExchangeKind.BROADCAST, new ExchangeSpec<>(Types.LONG, null, null));

        rig.deploy(job).start().settle();

        for (int subtask = 0; subtask < 3; subtask++) {
            int consumer = subtask;
            assertThat(sink.written())
                    .filteredOn(written -> written.subtask() == consumer)
                    .extracting(RecordingSink.Written::element)
                    .containsExactlyElementsOf(numbers(0, 100));
        }
    }

    @Property(tries = 60)
    void aRunningSumIsTheSameWhateverTheScheduleAndThePlacement(
            @ForAll @IntRange(min = 1, max = 3) int processes,
            @ForAll @IntRange(min = 1, max = 3) int slots,
            @ForAll @IntRange(min = 1, max = 4) int sources,
            @ForAll @IntRange(min = 1, max = 4) int consumers,
            @ForAll @IntRange(min = 64, max = 300) int frameBytes,
            @ForAll long seed) {
        JobRig rig = new JobRig(processes, slots, frameBytes, seed);
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        int source = job.source(
                new ListSource<>(List.of(numbers(0, 100), numbers(100, 400), List.of(), numbers(400, 401))),
                sources,
                noWatermarks(),
                Types.LONG,
                new MapSpec<Long, Long>(value -> value % 7, Types.LONG));
        Keying<Long, Long> byValue = new Keying<>(value -> value % 7, Types.LONG);
        int sum = job.vertex(
                "Sum", consumers, new KeyedReduceSpec<>(Long::sum, byValue, Types.LONG), new SinkSpec<>(sink));
        job.edge(source, sum, ExchangeKind.HASH, new ExchangeSpec<>(Types.LONG, byValue, null));

        rig.deploy(job).start().settle(new java.util.Random(seed));

        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        // Equal values of one key are summed up: value v occurs n times, its running sums are v, 2v, ... n*v.
        List<Long> expected = LongStream.range(0, 401)
                .map(value -> (value % 7) * (value / 7 + 1))
                .boxed()
                .toList();
        assertThat(sink.elements()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rig.isClean()).isTrue();
    }
}
