package io.millrace.taskmanager.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.types.Types;
import io.millrace.taskmanager.runtime.rig.CollectingSink;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.RoomyResults;
import io.millrace.taskmanager.runtime.rig.ScriptSource;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkTest {
    private final JobRig rig = new JobRig(1, 1);
    private final ScriptSource<Long> source = new ScriptSource<>();

    private void run(Sink<Long> sink) {
        JobSketch job = rig.sketch();
        job.source(source, 1, WatermarkStrategy.noWatermarks(), Types.LONG, new SinkSpec<>(sink));
        rig.deploy(job).start().settle();
    }

    /** Prepares what was written since the last time; its committer does what a test says. */
    private static final class TwoPhases implements Sink<Long>, SupportsCommitter<List<Long>> {
        private static final long serialVersionUID = 1L;
        private final transient List<Long> committed = new ArrayList<>();
        private final transient List<String> calls = new ArrayList<>();
        private int retries;
        private boolean gaveUp;

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            return new CommittingSinkWriter<Long, List<Long>>() {
                private List<Long> open = new ArrayList<>();

                @Override
                public void write(Long element, Context elementContext) {
                    open.add(element);
                }

                @Override
                public void flush(boolean endOfInput) {
                    calls.add("flush " + endOfInput);
                }

                @Override
                public Collection<List<Long>> prepareCommit() {
                    List<Long> prepared = open;
                    open = new ArrayList<>();
                    return prepared.isEmpty() ? List.of() : List.of(prepared);
                }

                @Override
                public void onTick(long epochMillis) {
                    calls.add("tick");
                }

                @Override
                public void close() {
                    calls.add("close writer");
                }
            };
        }

        @Override
        public Committer<List<Long>> createCommitter(CommitterInitContext context) {
            return new Committer<>() {
                @Override
                public void commit(Collection<CommitRequest<List<Long>>> requests) {
                    for (CommitRequest<List<Long>> request : requests) {
                        if (gaveUp) {
                            request.signalFailedWithKnownReason(new IllegalStateException("bucket is gone"));
                        } else if (request.getNumberOfRetries() < retries) {
                            request.retryLater();
                        } else {
                            committed.addAll(request.getCommittable());
                        }
                    }
                }

                @Override
                public void close() {
                    calls.add("close committer");
                }
            };
        }

        @Override
        public SimpleVersionedSerializer<List<Long>> getCommittableSerializer() {
            throw new UnsupportedOperationException("no checkpoints here");
        }
    }

    @Test
    void whatIsPreparedIsCommittedEverySecondAndAtTheEnd() {
        TwoPhases sink = new TwoPhases();
        run(sink);

        source.emit(1L, 0);
        rig.settle();
        assertThat(sink.committed).isEmpty();
        for (int tick = 0; tick < 10; tick++) {
            rig.advance(Duration.ofMillis(100));
        }
        assertThat(sink.committed).containsExactly(1L);
        source.emit(2L, 0).end();
        rig.settle();

        assertThat(sink.committed).containsExactly(1L, 2L);
        assertThat(sink.calls)
                .contains("tick", "flush false")
                .endsWith("flush true", "close writer", "close committer");
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
    }

    @Test
    void theTaskDoesNotEndBeforeEverythingIsCommitted() {
        TwoPhases sink = new TwoPhases();
        sink.retries = 2;
        run(sink);

        source.emit(1L, 0).end();
        rig.settle();
        assertThat(sink.committed).isEmpty();
        assertThat(rig.states().values()).contains(TaskState.RUNNING);
        for (int tick = 0; tick < 20; tick++) {
            rig.advance(Duration.ofMillis(100));
        }

        assertThat(sink.committed).containsExactly(1L);
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
    }

    @Test
    void aCommitterThatGivesUpFailsTheTask() {
        TwoPhases sink = new TwoPhases();
        sink.gaveUp = true;
        run(sink);

        source.emit(1L, 0).end();
        rig.settle();

        assertThat(rig.failures().values())
                .extracting(failure -> failure.problem().code())
                .containsExactly("COMMIT_FAILED");
        assertThat(sink.calls).endsWith("close writer", "close committer");
    }

    @Test
    void aNullThatReachesASinkFailsTheTaskNamingIt() {
        RecordingSink<Long> sink = new RecordingSink<>();
        JobSketch job = rig.sketch();
        job.source(
                source,
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new MapSpec<Long, Long>(value -> value == 2 ? null : value, Types.LONG),
                new SinkSpec<>(sink));
        rig.deploy(job).start().settle();

        source.emit(1L, 0).emit(2L, 0);
        rig.settle();

        assertThat(sink.elements()).containsExactly(1L);
        assertThat(rig.failures().values()).singleElement().satisfies(failure -> {
            assertThat(failure.problem().code()).isEqualTo("NULL_RECORD");
            assertThat(failure.problem().where()).contains("Source.Sink");
        });
        assertThat(sink.calls()).containsExactly("close 0");
    }

    @Test
    void printedLinesGoToTheJob() {
        run(context -> {
            OutputLines lines = context.outputLines();
            return new SinkWriter<>() {
                @Override
                public void write(Long element, Context elementContext) {
                    lines.print("> " + element, false);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        });

        source.emit(1L, 0).emit(2L, 0).end();
        rig.settle();

        assertThat(rig.lines()).containsExactly("> 1", "> 2");
    }

    @Test
    void collectedResultsAreSentWhenTheSlotIsIdle() {
        RoomyResults results = new RoomyResults(Long.MAX_VALUE);
        rig.collectInto(results);
        run(new CollectingSink());

        source.emit(1L, 0);
        rig.settle();
        assertThat(results.flushes()).isEqualTo(1);
        rig.settle();

        assertThat(results.flushes()).isEqualTo(1);
    }
}
