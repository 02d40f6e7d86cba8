package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ScriptSource;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which tasks a barrier passes through, and when. */
class BarrierPassageTest {
    private static final int READERS = 2;

    private final ScriptSource<Long> source = new ScriptSource<>();
    private final RecordingSink<Long> sink = new RecordingSink<>();
    private final Map<SubtaskId, Long> passed = new HashMap<>();
    private final Map<SubtaskId, Long> alignmentNanos = new HashMap<>();
    private final JobRig rig = new JobRig(2, 2).watchBarriers((task, snapshot) -> {
        passed.put(task, snapshot.checkpoint());
        alignmentNanos.put(task, snapshot.alignmentNanos());
    });

    private void start() {
        JobSketch job = rig.sketch();
        int readers = job.source(source, READERS, WatermarkStrategy.noWatermarks(), Types.LONG);
        int writers = job.vertex("Write", 2, new MapSpec<Long, Long>(value -> value, Types.LONG), new SinkSpec<>(sink));
        Keying<Long, Long> byValue = new Keying<>(value -> value, Types.LONG);
        job.edge(readers, writers, ExchangeKind.HASH, new ExchangeSpec<>(Types.LONG, byValue, null));
        rig.deploy(job).start().settle();
        assertThat(rig.states().values()).containsOnly(TaskState.RUNNING).hasSize(1 + READERS + 2);
    }

    private void announce(long barrier) {
        rig.announce(barrier);
        rig.settle();
    }

    @Test
    void anAnnouncedBarrierPassesThroughEveryTask() {
        start();
        announce(1);
        assertThat(passed).hasSize(5).containsValue(1L);
        source.emit(0, 1L, 0).emit(1, 2L, 0);
        rig.settle();
        announce(2);
        assertThat(passed.values()).hasSize(5).containsOnly(2L);
        assertThat(sink.elements()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void anEarlierNumberIsNotAnsweredAgain() {
        start();
        announce(5);
        passed.clear();
        announce(5);
        announce(4);
        assertThat(passed).isEmpty();
    }

    @Test
    void aReaderAtItsEndLetsLaterBarriersPassWithoutItsInput() {
        start();
        source.emit(0, 1L, 0).end(0);
        rig.settle();
        announce(1);
        assertThat(passed.values()).hasSize(5).containsOnly(1L);
    }

    /** When the source is at its end nobody brings a barrier to the writers, which still run until they are told. */
    @Test
    void whatIsLeftOfAJobStillLetsBarriersPass() {
        start();
        source.end(0);
        rig.settle();
        announce(7);
        source.end(1);
        rig.announce(8);
        rig.settle();
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(passed.values()).allMatch(barrier -> barrier == 7 || barrier == 8);
    }

    /** The slot of the second reader and of the first writer comes late. */
    @Test
    void theAlignmentLastsFromTheFirstChannelToTheLast() {
        start();
        rig.announce(1);
        settleWithout(2);
        assertThat(passed).hasSize(2);
        rig.advance(Duration.ofMillis(30));

        assertThat(passed.values()).hasSize(5).containsOnly(1L);
        assertThat(alignmentNanos.values()).containsOnly(0L, 30_000_000L);
    }

    /** The second reader hears nothing of the barrier that the first one has let pass. */
    @Test
    void elementsFlowAgainWhenABarrierIsGivenUp() {
        start();
        rig.slot(0).announce(enumerator(), new Barrier(1, CheckpointKind.CHECKPOINT));
        settleWithout(2);
        source.emit(0, 1L, 0).emit(0, 2L, 0).emit(0, 3L, 0).emit(0, 4L, 0);
        settleWithout(2);
        assertThat(sink.elements()).isEmpty();

        rig.giveUp(1);
        settleWithout(2);
        assertThat(sink.elements()).isNotEmpty();
        rig.settle();
        assertThat(sink.elements()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        announce(2);
        assertThat(passed.values()).hasSize(5).containsOnly(2L);
    }

    private SubtaskId enumerator() {
        return rig.states().keySet().stream()
                .filter(task -> task.vertex() == 0)
                .findFirst()
                .orElseThrow();
    }

    /** Steps all slots but one, as long as messages need to get anywhere. */
    private void settleWithout(int slot) {
        for (int round = 0; round < 20; round++) {
            for (int other = 0; other < 4; other++) {
                if (other != slot) {
                    rig.slot(other).step(rig.clock().nanoTime());
                }
            }
            rig.network().deliverAll();
        }
    }

    @Test
    void aSnapshotThatTheUsersCodeCannotGiveFailsTheTask() {
        start();
        source.refuseSnapshots();
        announce(1);
        assertThat(rig.failures()).hasSize(READERS);
        var failure = rig.failures().values().iterator().next();
        assertThat(failure.problem().code()).isEqualTo("USER_FUNCTION_FAILED");
        assertThat(failure.problem().what()).contains("no snapshot today");
    }
}
