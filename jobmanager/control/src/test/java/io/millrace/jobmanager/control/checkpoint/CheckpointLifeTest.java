package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.JOB;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.PROBLEM;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ack;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.PointerFailed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a checkpoint is triggered, complete, given up. */
class CheckpointLifeTest {

    @Test
    void theFirstIsTriggeredAnIntervalAfterAllTasksRun() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.pass(900);
        assertThat(fixture.triggers()).isEmpty();
        fixture.pass(100);
        assertThat(fixture.triggers()).hasSize(1);
        assertThat(fixture.sent(B, TriggerCheckpoint.class)).isEqualTo(fixture.sent(A, TriggerCheckpoint.class));
    }

    @Test
    void itIsCompleteOnlyWhenManifestAndPointerAreDurable() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(A, id);
        assertThat(fixture.commands(StoreManifest.class)).isEmpty();
        fixture.acknowledge(B, id);
        assertThat(fixture.commands(StoreManifest.class)).hasSize(1);
        assertThat(fixture.commands(RecordCompleted.class)).isEmpty();
        fixture.stored(id);
        assertThat(fixture.lastRecord().pointer().checkpoint()).isEqualTo(id);
        assertThat(fixture.coordinator.isRecording()).isTrue();
        assertThat(fixture.completions()).isEmpty();
        assertThat(fixture.coordinator.latest()).isEmpty();
        fixture.recorded(id);
        assertThat(fixture.completions()).isEqualTo(Map.of(A, id, B, id));
        assertThat(fixture.coordinator.latest()).isPresent();
        assertThat(fixture.coordinator.isRecording()).isFalse();
        assertThat(fixture.deleted()).isEmpty();
    }

    @Test
    void theManifestNamesWhatAllHaveAndCountsFilesAnew() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long first = fixture.trigger();
        fixture.complete(first);
        long second = fixture.trigger();
        fixture.acknowledge(A, ack(second, ON_A, file(first, A), file(second, A)));
        fixture.acknowledge(B, ack(second, ON_B, file(first, B), file(second, B)));
        CheckpointManifest manifest = fixture.lastStore().manifest();
        assertThat(manifest.files())
                .containsExactlyInAnyOrder(file(first, A), file(second, A), file(first, B), file(second, B));
        assertThat(manifest.operators()).singleElement().satisfies(operator -> {
            assertThat(operator.identity()).isEqualTo("uid-0");
            assertThat(operator.schemas()).hasSize(1);
            assertThat(operator.subtasks()).hasSize(2);
            assertThat(operator.subtasks().get(1).parts().stream()
                            .map(part -> manifest.files().get(part.file())))
                    .containsExactly(file(first, B), file(second, B));
        });
        assertThat(fixture.lastStore().nonce()).isEqualTo(77);
    }

    /** The tutorial's settings: every 1,000 ms, with a pause of 500 ms. */
    @Test
    void theNextComesAPauseAfterTheCompletionAndAnIntervalAfterTheTrigger() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long first = fixture.trigger();
        fixture.pass(800);
        fixture.complete(first);
        fixture.pass(400);
        assertThat(fixture.triggers()).hasSize(1);
        fixture.pass(100);
        assertThat(fixture.triggers()).hasSize(2);
        fixture.pass(100);
        fixture.complete(fixture.triggers().get(1));
        fixture.pass(800);
        assertThat(fixture.triggers()).hasSize(2);
        fixture.pass(100);
        assertThat(fixture.triggers()).hasSize(3);
    }

    @Test
    void noMoreAreUnderWayThanAllowed() {
        CoordinatorFixture one = CoordinatorFixture.running();
        one.pass(5_000);
        assertThat(one.triggers()).hasSize(1);
        CoordinatorFixture three = CoordinatorFixture.running(new CheckpointSettings.Limits(3, 0, 1, 20));
        three.pass(5_000);
        assertThat(three.triggers()).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

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
    void aTimeOutNamesNobodyWhoHasAcknowledged() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(B, id);
        fixture.pass(10_000);
        assertThat(fixture.cause(id).subtask()).isEqualTo(ON_A);
        assertThat(fixture.deleted()).containsExactly(file(id, B).name());
    }

    @Test
    void aDeclineGivesUpThatCheckpointAndTheJobGoesOn() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(A, id);
        fixture.decline(B, id);
        assertThat(fixture.cause(id)).isEqualTo(new CheckpointCause(ON_B, PROBLEM));
        assertThat(fixture.sent(A, CheckpointAborted.class)).hasSize(1);
        assertThat(fixture.deleted()).containsExactly(file(id, A).name());
        assertThat(fixture.coordinator.verdict()).isEmpty();
        assertThat(fixture.trigger()).isGreaterThan(id);
    }

    @Test
    void byDefaultNoNumberOfFailuresEndsTheJob() {
        CheckpointSettings settings = CheckpointSettings.of(Configuration.EMPTY);
        assertThat(settings.limits().retained()).isEqualTo(1);
        assertThat(settings.limits().maxConcurrent()).isEqualTo(1);
        assertThat(settings.timing().intervalMs()).isEqualTo(1_000);
        CoordinatorFixture fixture = CoordinatorFixture.running(settings.limits());
        for (int i = 0; i < 300; i++) {
            fixture.decline(A, fixture.trigger());
        }
        assertThat(fixture.coordinator.verdict()).isEmpty();
    }

    @Test
    void moreFailuresInARowThanToleratedAreAVerdict() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(1, 2, 1, 20));
        fixture.decline(A, fixture.trigger());
        fixture.decline(A, fixture.trigger());
        fixture.complete(fixture.trigger());
        fixture.decline(A, fixture.trigger());
        fixture.decline(B, fixture.trigger());
        assertThat(fixture.coordinator.verdict()).isEmpty();
        fixture.decline(A, fixture.trigger());
        assertThat(fixture.coordinator.verdict()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("TOO_MANY_FAILED_CHECKPOINTS");
            assertThat(problem.what()).isEqualTo("3 checkpoints failed in a row, 2 are tolerated");
            assertThat(problem.why()).contains("STORAGE_FULL").contains("no room");
            assertThat(problem.nextStep()).isEqualTo("make room");
        });
    }

    @Test
    void aLostTaskManagerEndsAllThatIsUnderWayAndCountsAsNoFailure() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(2, 0, 1, 20));
        long first = fixture.trigger();
        long second = fixture.trigger();
        fixture.acknowledge(A, first);
        fixture.step(out -> fixture.coordinator.onTaskManagerLost(B, fixture.now(), out));
        assertThat(fixture.cause(first).problem().code()).isEqualTo("CHECKPOINT_RUN_ENDED");
        assertThat(fixture.report(second).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.deleted()).containsExactly(file(first, A).name());
        assertThat(fixture.coordinator.verdict()).isEmpty();
        fixture.pass(5_000);
        assertThat(fixture.triggers()).hasSize(2);
    }

    @Test
    void whatIsBeingRecordedIsDecidedByTheLogEvenAfterTheRunHasEnded() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledgeAll(id);
        fixture.stored(id);
        fixture.step(out -> fixture.coordinator.onTaskManagerLost(B, fixture.now(), out));
        assertThat(fixture.coordinator.isRecording()).isTrue();
        assertThat(fixture.deleted()).isEmpty();
        fixture.recorded(id);
        assertThat(fixture.retained()).containsExactly(id);
    }

    @Test
    void answersThatNobodyWaitsForChangeNothing() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(A, id);
        fixture.acknowledge(A, id);
        fixture.decline(A, id);
        fixture.acknowledge(A, id + 1);
        fixture.decline(B, id - 1);
        CheckpointAcknowledged otherRun = ack(id, new SubtaskId(JOB, 2, 0, 1, 0), file(id, B));
        fixture.acknowledge(B, otherRun);
        assertThat(fixture.report(id).status()).isEqualTo(CheckpointStatus.IN_PROGRESS);
        assertThat(fixture.report(id).subtasks()).hasSize(1);
        assertThat(fixture.commands).isEmpty();
        fixture.acknowledge(B, id);
        fixture.stored(id);
        fixture.recorded(id);
        fixture.acknowledge(B, id);
        fixture.decline(A, id);
        fixture.stored(id);
        fixture.recorded(id);
        assertThat(fixture.retained()).containsExactly(id);
        assertThat(fixture.deleted()).isEmpty();
    }

    @Test
    void aManifestThatIsCertainlyNotStoredGivesTheCheckpointUp() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledgeAll(id);
        fixture.event(new ManifestFailed(JOB, id, PROBLEM, true));
        assertThat(fixture.cause(id).problem()).isEqualTo(PROBLEM);
        assertThat(fixture.deleted())
                .containsExactlyInAnyOrder(file(id, A).name(), file(id, B).name());
        assertThat(fixture.coordinator.retained()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsAskedForAgainAndNothingIsDeletedMeanwhile() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledgeAll(id);
        for (int i = 1; i <= 5; i++) {
            fixture.event(new ManifestFailed(JOB, id, PROBLEM, false));
            assertThat(fixture.commands(StoreManifest.class)).hasSize(i);
            fixture.pass(200);
            assertThat(fixture.commands(StoreManifest.class)).hasSize(i + 1);
        }
        assertThat(fixture.commands(StoreManifest.class)).containsOnly(fixture.lastStore());
        assertThat(fixture.deleted()).isEmpty();
        fixture.stored(id);
        fixture.event(new PointerFailed(JOB, id, PROBLEM, false));
        fixture.pass(200);
        assertThat(fixture.commands(RecordCompleted.class)).hasSize(2).containsOnly(fixture.lastRecord());
        fixture.recorded(id);
        assertThat(fixture.retained()).containsExactly(id);
    }

    @Test
    void oneThatTimesOutInDoubtIsFoundOutBeforeItsFilesGo() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledgeAll(id);
        fixture.event(new ManifestFailed(JOB, id, PROBLEM, false));
        fixture.pass(10_000);
        assertThat(fixture.report(id).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.cause(id).problem().why()).contains("manifest");
        assertThat(fixture.deleted()).isEmpty();
        assertThat(fixture.trigger()).isGreaterThan(id);
        fixture.stored(id);
        assertThat(fixture.deleted())
                .containsExactly(
                        id + "/manifest", file(id, A).name(), file(id, B).name());
        assertThat(fixture.commands(RecordCompleted.class)).isEmpty();
        assertThat(fixture.coordinator.retained()).isEmpty();
    }

    @Test
    void aPointerThatIsCertainlyNotRecordedTakesManifestAndFilesAlong() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledgeAll(id);
        fixture.stored(id);
        fixture.event(new PointerFailed(JOB, id, PROBLEM, true));
        assertThat(fixture.report(id).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.deleted()).startsWith(id + "/manifest").hasSize(3);
        assertThat(fixture.completions()).isEmpty();
    }

    @Test
    void aNewerOneThatIsCompleteFirstTakesTheOlderOnesPlace() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(2, 0, 1, 20));
        long older = fixture.trigger();
        long newer = fixture.trigger();
        fixture.acknowledge(A, older);
        fixture.complete(newer);
        assertThat(fixture.cause(older).problem().code()).isEqualTo("CHECKPOINT_SUBSUMED");
        assertThat(fixture.deleted()).containsExactly(file(older, A).name());
        assertThat(fixture.retained()).containsExactly(newer);
        assertThat(fixture.coordinator.verdict()).isEmpty();
        assertThat(fixture.completions()).isEqualTo(Map.of(A, newer, B, newer));
    }

    @Test
    void pointersAreRecordedOneAtATime() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(3, 0, 2, 20));
        long first = fixture.trigger();
        long second = fixture.trigger();
        fixture.acknowledgeAll(first);
        fixture.acknowledgeAll(second);
        fixture.stored(first);
        fixture.stored(second);
        assertThat(fixture.commands(RecordCompleted.class)).hasSize(1);
        fixture.recorded(first);
        assertThat(fixture.commands(RecordCompleted.class)).hasSize(2);
        fixture.recorded(second);
        assertThat(fixture.retained()).containsExactly(first, second);
    }

    @Test
    void aFinishedTaskIsNotAskedAndWhatItHadIsCarriedOn() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long first = fixture.trigger();
        fixture.complete(first);
        fixture.coordinator.onTaskFinished(ON_B);
        long second = fixture.trigger();
        assertThat(fixture.sent(B, TriggerCheckpoint.class)).hasSize(1);
        fixture.acknowledge(A, second);
        CheckpointManifest manifest = fixture.lastStore().manifest();
        assertThat(manifest.files()).containsExactly(file(second, A), file(first, B));
        assertThat(manifest.operators().get(0).subtasks()).hasSize(2);
        fixture.stored(second);
        fixture.recorded(second);
        assertThat(fixture.deleted())
                .containsExactly(first + "/manifest", file(first, A).name());
        fixture.coordinator.onTaskFinished(ON_A);
        fixture.pass(5_000);
        assertThat(fixture.triggers()).hasSize(2);
    }

    @Test
    void aTaskThatFinishesUnderWayMayBeAbsentFromTheAnswer() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.acknowledge(A, id);
        CheckpointAcknowledged nothing = new CheckpointAcknowledged(JOB, 1, id, List.of(), List.of(), List.of());
        fixture.coordinator.onTaskFinished(ON_B);
        fixture.acknowledge(B, nothing);
        assertThat(fixture.lastStore().manifest().files()).containsExactly(file(id, A));
    }

    @Test
    void whoWasAwayIsToldTheNewestTheAbortedAndTheTriggersAgain() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(2, 9, 1, 20));
        long first = fixture.trigger();
        fixture.complete(first);
        long aborted = fixture.trigger();
        fixture.decline(A, aborted);
        long pending = fixture.trigger();
        fixture.sent.clear();
        fixture.step(out -> fixture.coordinator.onTaskManagerConnected(B, fixture.now(), out));
        assertThat(fixture.sent(B, CheckpointCompleted.class)).containsExactly(new CheckpointCompleted(JOB, 1, first));
        assertThat(fixture.sent(B, CheckpointAborted.class))
                .extracting(CheckpointAborted::checkpoint)
                .containsExactly(aborted);
        assertThat(fixture.sent(B, TriggerCheckpoint.class))
                .extracting(TriggerCheckpoint::checkpoint)
                .containsExactly(pending);
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
