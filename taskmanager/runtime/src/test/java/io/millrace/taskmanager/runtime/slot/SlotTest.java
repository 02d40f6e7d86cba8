package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ScriptSource;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotTest {
    private final JobRig rig = new JobRig(2, 1);
    private final ScriptSource<Long> source = new ScriptSource<>();
    private final RecordingSink<Long> sink = new RecordingSink<>();
    private final Watched watched = new Watched();

    /** Remembers its life; fails where a test says. */
    private static final class Watched extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final transient List<String> calls = new ArrayList<>();
        private boolean failsOnOpen;
        private boolean failsOnClose;

        @Override
        public void open(OpenContext openContext) {
            calls.add("open " + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks() + " "
                    + getRuntimeContext().getJobInfo().getJobName() + " "
                    + getRuntimeContext().getGlobalJobParameters());
            if (failsOnOpen) {
                throw new IllegalStateException("no database");
            }
        }

        @Override
        public Long map(Long value) {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
            return value;
        }

        @Override
        public void close() {
            calls.add("close");
            if (failsOnClose) {
                throw new IllegalStateException("cannot close");
            }
        }
    }

    private void run() {
        JobSketch job = rig.sketch().configured(Map.of("job.global-parameters", "city=Rome"));
        int from = job.source(source, 1, WatermarkStrategy.noWatermarks(), Types.LONG);
        int to = job.vertex("Watched", 1, new MapSpec<>(watched, Types.LONG), new SinkSpec<>(sink));
        job.edge(from, to, ExchangeKind.FORWARD, new ExchangeSpec<>(Types.LONG, null, null));
        rig.deploy(job);
        assertThat(rig.states().values()).containsOnly(TaskState.DEPLOYED);
        assertThat(watched.calls).isEmpty();
        rig.start().settle();
    }

    @Test
    void functionsKnowWhereTheyRunAndAreClosedOnCancel() {
        run();
        source.emit(1L, 0);
        rig.settle();
        assertThat(rig.states().values()).containsOnly(TaskState.RUNNING);

        rig.cancelAll();
        rig.settle();

        assertThat(watched.calls).containsExactly("open Watched (1/1)#0 test job {city=Rome}", "close");
        assertThat(rig.states().values()).containsOnly(TaskState.CANCELED);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.isClean()).isTrue();
    }

    @Test
    void functionsAreClosedWhenOneFails() {
        run();
        source.emit(-1L, 0);
        rig.settle();

        assertThat(watched.calls).endsWith("close");
        assertThat(sink.calls()).containsExactly("close 0");
        assertThat(rig.failures()).hasSize(1);
        rig.cancelAll();
        rig.settle();
        assertThat(rig.isClean()).isTrue();
    }

    @Test
    void aFunctionThatCannotBeOpenedFailsItsTaskAndIsClosed() {
        watched.failsOnOpen = true;
        run();

        assertThat(rig.failures().values()).singleElement().satisfies(failure -> {
            assertThat(failure.problem().code()).isEqualTo("USER_FUNCTION_FAILED");
            assertThat(failure.problem().what()).contains("Watched.Map", "no database");
        });
        assertThat(watched.calls).hasSize(2).endsWith("close");
    }

    @Test
    void aFunctionThatCannotBeClosedAtTheEndFailsItsTask() {
        watched.failsOnClose = true;
        run();
        source.emit(1L, 0).end();
        rig.settle();

        assertThat(sink.elements()).containsExactly(1L);
        assertThat(rig.failures().values())
                .singleElement()
                .satisfies(failure -> assertThat(failure.problem().what()).contains("cannot close"));
        assertThat(rig.states().values()).contains(TaskState.FAILED);
    }

    @Test
    void aConnectionThatIsLostForGoodFailsTheTasksOnBothSides() {
        run();
        rig.network()
                .cut(
                        new io.millrace.common.core.id.TaskManagerId("tm0"),
                        new io.millrace.common.core.id.TaskManagerId("tm1"));
        rig.settle();

        assertThat(rig.failures().values())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.problem().code()).isEqualTo("CONNECTION_LOST"));
    }

    @Test
    void statisticsTellWhatWentThroughEachOperator() {
        run();
        source.emit(1L, 5).emit(2L, 6).watermark(6).end();
        rig.settle();

        assertThat(rig.finalStatistics().values())
                .filteredOn(statistics -> statistics.name().startsWith("Watched"))
                .singleElement()
                .satisfies(statistics -> {
                    assertThat(statistics.recordsIn()).isEqualTo(2);
                    assertThat(statistics.bytesIn()).isPositive();
                    assertThat(statistics.watermark()).isEqualTo(Long.MAX_VALUE);
                    assertThat(statistics.operators()).hasSize(2).allSatisfy(operator -> assertThat(
                                    operator.recordsIn())
                            .isEqualTo(2));
                });
    }
}
