package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ack;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.status.CheckpointStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of checkpoints: times, sizes, and who was slow. */
class CheckpointHistoryTest {

    @Test
    void aTimeOutNamesTheSlowestOfTheSubtasksThatAreMissing() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long first = fixture.trigger();
        fixture.acknowledge(A, ack(first, ON_A, new SnapshotCost(1, 1, 0, 0, 5), file(first, A)));
        fixture.acknowledge(B, ack(first, ON_B, new SnapshotCost(1, 1, 90, 0, 5), file(first, B)));
        fixture.stored(first);
        fixture.recorded(first);
        long second = fixture.trigger();
        fixture.pass(9_900);
        assertThat(fixture.report(second).status()).isEqualTo(CheckpointStatus.IN_PROGRESS);
        fixture.pass(100);
        assertThat(fixture.report(second).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.cause(second).subtask()).isEqualTo(ON_B);
        Problem problem = fixture.cause(second).problem();
        assertThat(problem.code()).isEqualTo("CHECKPOINT_TIMED_OUT");
        assertThat(problem.what()).contains("10000 ms");
        assertThat(problem.where()).contains("'v0' (2/2)");
        assertThat(problem.why()).contains("2 of 2 TaskManagers").contains("a, b");
        assertThat(fixture.sent(B, CheckpointAborted.class)).hasSize(1);
    }

    @Test
    void elementsUnderWayAreCountedInTheReportAndTheManifest() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        CheckpointAcknowledged plain = ack(id, ON_A, file(id, A));
        StatePart part = new StatePart(PartKind.IN_FLIGHT, "", 0, 0, 0, 200, 70, 9);
        SubtaskAcknowledgement subtask = new SubtaskAcknowledgement(
                ON_A, List.of(new OperatorParts(0, List.of(part))), new SnapshotCost(70, 70, 1, 0, 0));
        fixture.acknowledge(
                A,
                new CheckpointAcknowledged(plain.job(), plain.run(), id, plain.files(), List.of(), List.of(subtask)));
        fixture.acknowledge(B, id);
        assertThat(fixture.report(id).inFlightBytes()).isEqualTo(70);
        assertThat(fixture.lastStore().manifest().bytesOf(PartKind.IN_FLIGHT)).isEqualTo(70);
        assertThat(fixture.lastStore().manifest().stateBytes()).isEqualTo(170);
    }

    @Test
    void aTimeOutNamesTheBusiestOfThoseThatTheBarrierHasNotComeThrough() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.heartbeat(ON_A, 0.1, 0.9, id);
        fixture.heartbeat(ON_B, 0.98, 0.02, id);
        fixture.pass(10_000);
        assertThat(fixture.cause(id).subtask()).isEqualTo(ON_B);
        Problem problem = fixture.cause(id).problem();
        assertThat(problem.where()).contains("'v0' (2/2)");
        assertThat(problem.why()).contains("through 2 of the 2 subtasks").contains("98 % busy, 2 % back-pressured");
    }

    @Test
    void aTimeOutPassesOverABusyTaskThatHasGivenItsSnapshot() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.heartbeat(ON_A, 0.1, 0, id);
        fixture.heartbeat(ON_B, 1, 0, 0);
        fixture.pass(10_000);
        assertThat(fixture.cause(id).subtask()).isEqualTo(ON_A);
        assertThat(fixture.cause(id).problem().why()).contains("through 1 of the 2 subtasks");
    }

    @Test
    void aTimeOutSaysWhenAllThatIsMissingIsTheStorage() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.heartbeat(ON_A, 1, 0, 0);
        fixture.acknowledge(B, id);
        fixture.pass(10_000);
        assertThat(fixture.cause(id).subtask()).isEqualTo(ON_A);
        assertThat(fixture.cause(id).problem().why()).contains("have given their snapshots");
        assertThat(fixture.cause(id).problem().nextStep()).contains("checkpoint storage");
    }

    @Test
    void aTimeOutNamesNobodyWhoHasAcknowledged() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(B, id);
        fixture.pass(10_000);
        assertThat(fixture.cause(id).subtask()).isEqualTo(ON_A);
        assertThat(fixture.deleted()).containsExactly(file(id, B).name());
    }

    @Test
    void theHistoryIsBoundedAndHasTimesSizesAndTheSubtaskThatWasSlow() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(1, 9, 1, 3));
        long slow = fixture.trigger();
        fixture.acknowledge(A, ack(slow, ON_A, new SnapshotCost(500, 50, 1, 2, 3), file(slow, A)));
        fixture.pass(1_200);
        fixture.acknowledge(B, ack(slow, ON_B, new SnapshotCost(700, 70, 1_100, 5, 2), file(slow, B)));
        fixture.pass(100);
        fixture.stored(slow);
        fixture.recorded(slow);
        CheckpointReport report = fixture.report(slow);
        assertThat(report.times()).isEqualTo(new CheckpointReport.Times(1_001_000, 1_002_300, 1_300, 1_100, 5, 3, 100));
        assertThat(report.stateBytes()).isEqualTo(1_200);
        assertThat(report.writtenBytes()).isEqualTo(120);
        assertThat(report.subtasks())
                .extracting(CheckpointReport.SubtaskReport::acknowledgedAfterMs)
                .containsExactly(0L, 1_200L);
        assertThat(fixture.cause(slow).subtask()).isEqualTo(ON_B);
        assertThat(fixture.cause(slow).problem().why()).contains("1100 ms alignment");
        long quick = fixture.trigger();
        fixture.complete(quick);
        assertThat(fixture.report(quick).cause()).isNull();
        fixture.complete(fixture.trigger());
        fixture.complete(fixture.trigger());
        assertThat(fixture.coordinator.history().reports()).hasSize(3);
        assertThat(fixture.coordinator.history().report(slow)).isEmpty();
    }
}
