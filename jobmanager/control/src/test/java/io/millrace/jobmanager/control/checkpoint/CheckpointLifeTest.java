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
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.PointerFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a checkpoint is triggered, complete, given up. */
class CheckpointLifeTest {

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
    void aLostTaskManagerWhoseTasksHadFinishedTakesOnlyItsAnswerAlong() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long id = fixture.trigger();
        fixture.coordinator.onTaskFinished(ON_B);
        fixture.step(out -> fixture.coordinator.onTaskManagerLost(B, fixture.now(), out));
        assertThat(fixture.cause(id).problem().what()).contains("'b' was lost");
        long next = fixture.trigger();
        assertThat(next).isGreaterThan(id);
        fixture.acknowledge(A, next);
        fixture.stored(next);
        fixture.recorded(next);
        assertThat(fixture.retained()).containsExactly(next);
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
}
