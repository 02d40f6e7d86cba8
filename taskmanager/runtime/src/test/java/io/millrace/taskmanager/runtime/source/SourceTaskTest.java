package io.millrace.taskmanager.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.plan.TimestampsSpec;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.Types;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource.ListSplit;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ScriptSource;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both halves of a source in tasks: events both ways, asynchronous calls, wake-ups, watermarks over the exchange. */
class SourceTaskTest {

    /** Something to say. */
    public record Greeting(String text) implements SourceEvent {}

    /** Talks: every reader greets, the enumerator answers and looks for splits in the background. */
    private static final class TalkativeSource implements Source<String, ListSplit, Integer> {
        private static final long serialVersionUID = 1L;
        private final transient List<String> heard = new ArrayList<>();
        private final transient List<String> closed = new ArrayList<>();

        @Override
        public Boundedness getBoundedness() {
            return Boundedness.BOUNDED;
        }

        @Override
        public SourceReader<String, ListSplit> createReader(SourceReaderContext readerContext) {
            return new Reader(readerContext);
        }

        @Override
        public SplitEnumerator<ListSplit, Integer> createEnumerator(SplitEnumeratorContext<ListSplit> enumContext) {
            return new Enumerator(enumContext);
        }

        @Override
        public SplitEnumerator<ListSplit, Integer> restoreEnumerator(
                SplitEnumeratorContext<ListSplit> enumContext, Integer checkpoint) {
            return new Enumerator(enumContext);
        }

        @Override
        public SimpleVersionedSerializer<ListSplit> getSplitSerializer() {
            return new io.millrace.taskmanager.runtime.rig.ListSource<>(List.of()).getSplitSerializer();
        }

        @Override
        public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
            throw new UnsupportedOperationException("no checkpoints here");
        }

        private final class Enumerator implements SplitEnumerator<ListSplit, Integer> {
            private final SplitEnumeratorContext<ListSplit> context;
            private int found;

            Enumerator(SplitEnumeratorContext<ListSplit> context) {
                this.context = context;
            }

            @Override
            public void start() {
                context.callAsync(
                        () -> found + 1,
                        (number, failure) -> {
                            found = number;
                            heard.add("found " + number + " of " + context.currentParallelism());
                            context.assignSplit(new ListSplit(number), number % context.currentParallelism());
                            if (number == 3) {
                                context.registeredReaders().forEach(context::signalNoMoreSplits);
                            }
                        },
                        1_000,
                        1_000);
                context.callAsync(
                        () -> {
                            throw new IllegalStateException("disk full");
                        },
                        (nothing, failure) -> heard.add(failure.getMessage()));
            }

            @Override
            public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
                heard.add("request of " + subtaskId);
            }

            @Override
            public void handleSourceEvent(int subtaskId, SourceEvent event) {
                heard.add(subtaskId + " says " + ((Greeting) event).text());
                context.sendEventToSourceReader(subtaskId, new Greeting("hello " + subtaskId));
            }

            @Override
            public void addSplitsBack(List<ListSplit> splits, int subtaskId) {}

            @Override
            public void addReader(int subtaskId) {
                heard.add("reader " + subtaskId);
            }

            @Override
            public Integer snapshotState(long checkpointId) {
                return found;
            }

            @Override
            public void close() {
                closed.add("enumerator");
            }
        }

        private final class Reader implements SourceReader<String, ListSplit> {
            private final SourceReaderContext context;
            private final List<String> words = new ArrayList<>();
            private CompletableFuture<Void> available = new CompletableFuture<>();
            private boolean noMore;

            Reader(SourceReaderContext context) {
                this.context = context;
            }

            @Override
            public void start() {
                context.sendSourceEventToCoordinator(new Greeting("good day"));
                context.sendSplitRequest();
            }

            @Override
            public InputStatus pollNext(ReaderOutput<String> output) {
                if (!words.isEmpty()) {
                    output.collect(words.remove(0));
                    return InputStatus.MORE_AVAILABLE;
                }
                return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }

            @Override
            public List<ListSplit> snapshotState(long checkpointId) {
                return List.of();
            }

            @Override
            public CompletableFuture<Void> isAvailable() {
                if (available.isDone()) {
                    available = new CompletableFuture<>();
                }
                return available;
            }

            private void add(String word) {
                words.add(word);
                available.complete(null);
            }

            @Override
            public void addSplits(List<ListSplit> splits) {
                splits.forEach(split -> add(split.splitId()));
            }

            @Override
            public void handleSourceEvents(SourceEvent event) {
                add(((Greeting) event).text());
            }

            @Override
            public void notifyNoMoreSplits() {
                noMore = true;
                available.complete(null);
            }

            @Override
            public void close() {
                closed.add("reader " + context.getIndexOfSubtask());
            }
        }
    }

    @Test
    void enumeratorAndReadersTalkOverProcesses() {
        JobRig rig = new JobRig(2, 1);
        TalkativeSource source = new TalkativeSource();
        RecordingSink<String> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        job.source(source, 2, WatermarkStrategy.noWatermarks(), Types.STRING, new SinkSpec<>(sink));

        rig.deploy(job).start().settle();
        assertThat(source.heard)
                .containsExactlyInAnyOrder(
                        "disk full",
                        "reader 0",
                        "reader 1",
                        "0 says good day",
                        "1 says good day",
                        "request of 0",
                        "request of 1");
        assertThat(sink.elements()).containsExactlyInAnyOrder("hello 0", "hello 1");
        source.heard.clear();
        for (int second = 0; second < 5; second++) {
            rig.advance(Duration.ofSeconds(1));
        }

        assertThat(source.heard).containsExactly("found 1 of 2", "found 2 of 2", "found 3 of 2");
        assertThat(sink.elements()).contains("split-1", "split-2", "split-3").hasSize(5);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(source.closed).containsExactlyInAnyOrder("enumerator", "reader 0", "reader 1");
        assertThat(rig.isClean()).isTrue();
    }

    /** Emits a number each second by the clock it was handed. */
    private static final class Ticking extends io.millrace.api.functions.KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, io.millrace.api.util.Collector<String> out) {
            out.collect(value + " at " + ctx.timerService().currentWatermark());
        }
    }

    @Test
    void theWatermarkBehindAnExchangeIsThatOfTheSlowestActiveSubtask() {
        JobRig rig = new JobRig(2, 1);
        ScriptSource<Long> source = new ScriptSource<>();
        RecordingSink<String> sink = new RecordingSink<>();
        Keying<Long, Long> keying = new Keying<>(value -> value, Types.LONG);
        JobSketch job = rig.sketch();
        int from = job.source(source, 2, WatermarkStrategy.noWatermarks(), Types.LONG);
        int to = job.vertex(
                "Tick", 1, new KeyedProcessSpec<>(new Ticking(), keying, Types.STRING), new SinkSpec<>(sink));
        job.edge(from, to, ExchangeKind.HASH, new ExchangeSpec<>(Types.LONG, keying, null));
        rig.deploy(job).start().settle();

        source.watermark(0, 10);
        rig.settle();
        source.emit(0, 1L, 0);
        rig.settle();
        source.watermark(1, 5);
        rig.settle();
        source.emit(0, 2L, 0);
        rig.settle();
        source.idle(1);
        rig.settle();
        source.emit(0, 3L, 0).end(0);
        rig.settle();
        source.emit(1, 4L, 0).watermark(1, 12);
        rig.settle();
        source.emit(1, 5L, 0).end(1);
        rig.settle();

        assertThat(sink.elements())
                .containsExactly("1 at " + Long.MIN_VALUE, "2 at 5", "3 at 10", "4 at 10", "5 at 12");
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
    }

    @Test
    void timestampsInMidStreamReplaceThoseOfTheSource() {
        JobRig rig = new JobRig(1, 1);
        ScriptSource<Long> source = new ScriptSource<>();
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofMillis(3))
                .withTimestampAssigner((value, before) -> value * 10);
        job.source(
                source,
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new TimestampsSpec<>(strategy, Types.LONG),
                new SinkSpec<>(sink));
        rig.deploy(job).start().settle();

        source.emit(7L, 1).watermark(1_000);
        rig.settle();
        rig.advance(Duration.ofMillis(200));
        source.emit(8L, 2).end();
        rig.settle();

        assertThat(sink.written())
                .extracting(RecordingSink.Written::timestamp, RecordingSink.Written::watermark)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(70L, Long.MIN_VALUE),
                        org.assertj.core.groups.Tuple.tuple(80L, 66L));
    }

    @Test
    void periodicWatermarksFollowTheIntervalOfTheJob() {
        JobRig rig = new JobRig(1, 1);
        ScriptSource<Long> source = new ScriptSource<>();
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch().configured(Map.of("job.auto-watermark-interval", "50ms"));
        job.source(source, 1, WatermarkStrategy.forMonotonousTimestamps(), Types.LONG, new SinkSpec<>(sink));
        rig.deploy(job).start().settle();

        source.emit(1L, 10);
        rig.settle();
        rig.advance(Duration.ofMillis(49));
        source.emit(2L, 11);
        rig.settle();
        rig.advance(Duration.ofMillis(1));
        source.emit(3L, 12);
        rig.settle();

        assertThat(sink.written())
                .extracting(RecordingSink.Written::watermark)
                .containsExactly(Long.MIN_VALUE, Long.MIN_VALUE, 10L);
    }
}
