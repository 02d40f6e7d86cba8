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

import io.millrace.common.core.error.Outcome;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Savepoints: asked for by users, owned by users. */
class SavepointTest {

    @Test
    void aSavepointIsItsUsersAndStandsForNothingElse() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long base = fixture.trigger();
        fixture.complete(base);
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        long id = fixture.triggers().get(1);
        assertThat(fixture.sent(A, TriggerCheckpoint.class).get(1).kind()).isEqualTo(CheckpointKind.SAVEPOINT);
        fixture.complete(id);
        CheckpointPointer pointer = new CheckpointPointer(id, 1, CheckpointKind.SAVEPOINT, "here");
        assertThat(fixture.replies).containsExactly(Outcome.success(pointer));
        assertThat(fixture.lastRecord().subsumed()).isEmpty();
        assertThat(fixture.lastStore().manifest().savepoint()).isTrue();
        assertThat(fixture.retained()).containsExactly(base);
        assertThat(fixture.coordinator.latest())
                .hasValueSatisfying(latest -> assertThat(latest.id()).isEqualTo(base));
        for (int i = 0; i < 3; i++) {
            fixture.complete(fixture.trigger());
        }
        fixture.acknowledgeAll(id);
        fixture.pass(70_000);
        assertThat(fixture.deleted()).noneMatch(name -> name.startsWith(id + "/"));
        assertThat(fixture.commands(SweepFiles.class))
                .allMatch(sweep -> sweep.place().isEmpty())
                .noneMatch(sweep -> sweep.checkpoints().contains(id));
    }

    @Test
    void aSavepointSharesNoFileWithCheckpoints() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long base = fixture.trigger();
        fixture.complete(base);
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        long id = fixture.triggers().get(1);
        fixture.acknowledge(A, ack(id, ON_A, file(base, A)));
        assertBad(fixture, id, "savepoints share none");
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        long next = fixture.triggers().get(2);
        fixture.complete(next);
        long after = fixture.trigger();
        fixture.acknowledge(A, ack(after, ON_A, file(next, A)));
        assertBad(fixture, after, "is not kept");
    }

    @Test
    void aSavepointThatFailsLosesItsFilesWhereTheyAreAndCountsForNothing() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(1, 0, 1, 20));
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        long id = fixture.triggers().get(0);
        fixture.acknowledge(A, id);
        fixture.decline(B, id);
        assertThat(fixture.replies).containsExactly(Outcome.failure(PROBLEM));
        assertThat(fixture.commands(DeleteFiles.class))
                .containsExactly(
                        new DeleteFiles(JOB, "here", List.of(file(id, A).name())));
        assertThat(fixture.coordinator.verdict()).isEmpty();
        fixture.pass(60_000);
        assertThat(fixture.commands(SweepFiles.class)).anySatisfy(sweep -> {
            assertThat(sweep.place()).isEqualTo("here");
            assertThat(sweep.checkpoints()).containsExactly(id);
        });
    }

    @Test
    void aSavepointNeedsTasksThatRun() {
        CoordinatorFixture fixture = new CoordinatorFixture();
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        assertRefused(fixture, "JOB_NOT_RUNNING");
    }

    @Test
    void whatFinishedTasksHaveIsCopiedIntoTheSavepoint() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long base = fixture.trigger();
        long id = savepointWithAFinishedTask(fixture, base);

        CheckpointCommand.StoreManifest store = fixture.lastStore();
        SegmentFile copy = new SegmentFile(id + "/copy-0", 144, 77);
        StatePart part = new StatePart(PartKind.KEYED_BASE, "counts", 0, 64, 1, 44, 100, 5);
        assertThat(store.copies()).containsExactly(new FileCopy(copy, List.of(new FileCopy.Part(file(base, B), part))));
        assertThat(store.manifest().files()).containsExactly(file(id, A), copy);
        StatePart copied =
                store.manifest().operators().get(0).subtasks().get(1).parts().get(0);
        assertThat(copied).isEqualTo(part);
        assertThat(store.manifest().operators().get(0).schemas()).hasSize(1);

        fixture.stored(id);
        fixture.recorded(id);
        assertThat(fixture.replies).hasSize(1).allMatch(Outcome.Success.class::isInstance);
        assertThat(fixture.deleted()).isEmpty();
    }

    @Test
    void whatIsBeingCopiedIsKeptAndCopiesOfASavepointThatFailsGo() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long base = fixture.trigger();
        long id = savepointWithAFinishedTask(fixture, base);
        fixture.event(new ManifestFailed(JOB, id, PROBLEM, true));
        assertThat(fixture.commands(DeleteFiles.class))
                .containsExactly(
                        new DeleteFiles(JOB, "here", List.of(file(id, A).name(), id + "/copy-0")));
    }

    /** The second task finishes after the checkpoint; the savepoint's manifest is asked to be stored. */
    private static long savepointWithAFinishedTask(CoordinatorFixture fixture, long base) {
        fixture.complete(base);
        fixture.coordinator.onTaskFinished(ON_B);
        fixture.savepoint(CheckpointKind.SAVEPOINT);
        long id = fixture.triggers().get(1);
        fixture.acknowledge(A, id);
        return id;
    }

    @Test
    void afterTheSavepointThatStopsTheJobNothingIsTriggered() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.complete(fixture.trigger());
        fixture.savepoint(CheckpointKind.SAVEPOINT_THEN_STOP);
        long stop = fixture.triggers().get(1);
        fixture.savepoint(CheckpointKind.DRAIN);
        assertRefused(fixture, "STOP_UNDER_WAY");
        fixture.pass(5_000);
        assertThat(fixture.triggers()).hasSize(2);
        fixture.complete(stop);
        assertThat(fixture.coordinator.latest())
                .hasValueSatisfying(latest -> assertThat(latest.id()).isEqualTo(stop));
        fixture.pass(5_000);
        assertThat(fixture.triggers()).hasSize(2);
    }

    @Test
    void aStopThatFailsLetsCheckpointsGoOn() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.savepoint(CheckpointKind.SAVEPOINT_THEN_STOP);
        long stop = fixture.triggers().get(0);
        fixture.acknowledgeAll(stop);
        fixture.event(new ManifestFailed(JOB, stop, PROBLEM, true));
        assertThat(fixture.replies).containsExactly(Outcome.failure(PROBLEM));
        assertThat(fixture.trigger()).isGreaterThan(stop);
    }

    private static void assertBad(CoordinatorFixture fixture, long checkpoint, String why) {
        assertThat(fixture.report(checkpoint).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.cause(checkpoint).problem().code()).isEqualTo("CHECKPOINT_BAD_ACKNOWLEDGEMENT");
        assertThat(fixture.cause(checkpoint).problem().why()).contains(why);
    }

    private static void assertRefused(CoordinatorFixture fixture, String code) {
        assertThat(fixture.replies.get(fixture.replies.size() - 1))
                .isInstanceOfSatisfying(Outcome.Failure.class, failure -> assertThat(
                                ((Outcome.Failure<?>) failure).problem().code())
                        .isEqualTo(code));
    }
}
