package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.JOB;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.LIMITS;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.PROBLEM;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.TIMING;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ack;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent.DeleteFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.SweepFailed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who keeps which file, and when it goes. */
class CheckpointFilesTest {
    private static final CheckpointSettings.Limits TWO_AT_ONCE = new CheckpointSettings.Limits(2, 9, 1, 20);

    @Test
    void theLedgerFreesAFileWithItsLastHolder() {
        SharedFiles files = new SharedFiles();
        SegmentFile shared = file(10, A);
        files.hold(10, shared);
        files.hold(20, shared);
        files.hold(20, file(20, A));
        assertThat(files.release(10)).isEmpty();
        assertThat(files.release(10)).isEmpty();
        assertThat(files.narrow(20, Set.of(shared.name())))
                .containsExactly(file(20, A).name());
        assertThat(files.find(shared.name())).contains(shared);
        assertThat(files.release(20)).containsExactly(shared.name());
        assertThat(files.held()).isEmpty();
    }

    @Test
    void aNameStandsForOneFile() {
        SharedFiles files = new SharedFiles();
        files.hold(10, file(10, A));
        SegmentFile other = new SegmentFile(file(10, A).name(), 1, 2);
        assertThatThrownBy(() -> files.hold(20, other)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSavepointThatSharesAFileIsABug() {
        SharedFiles files = new SharedFiles();
        files.hold(20, file(20, A));
        files.hold(30, file(20, A));
        assertThatThrownBy(() -> files.giveAway(20)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCompleteSavepointLetsGoOfWhatItWasCopiedFrom() {
        SharedFiles files = new SharedFiles();
        files.hold(10, file(10, A));
        files.hold(20, file(10, A));
        files.hold(20, file(20, A));
        assertThat(files.release(10)).isEmpty();
        assertThat(files.giveAway(20)).containsExactly(file(10, A).name());
        assertThat(files.held()).isEmpty();
    }

    @Test
    void aSubsumedCheckpointLosesItsManifestFirstAndKeepsWhatTheNextNames() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long first = fixture.trigger();
        fixture.complete(first);
        long second = fixture.trigger();
        fixture.acknowledge(A, ack(second, ON_A, file(first, A), file(second, A)));
        fixture.acknowledge(B, second);
        fixture.stored(second);
        assertThat(fixture.lastRecord().subsumed()).containsExactly(first);
        assertThat(fixture.deleted()).isEmpty();
        fixture.recorded(second);
        assertThat(fixture.deleted())
                .containsExactly(first + "/manifest", file(first, B).name());
        fixture.complete(fixture.trigger());
        assertThat(fixture.deleted()).contains(file(first, A).name()).doesNotHaveDuplicates();
    }

    @Test
    void asManyAreKeptAsAskedFor() {
        CoordinatorFixture fixture = CoordinatorFixture.running(new CheckpointSettings.Limits(1, 9, 3, 20));
        for (int i = 0; i < 5; i++) {
            fixture.complete(fixture.trigger());
        }
        assertThat(fixture.retained()).hasSize(3);
        assertThat(fixture.deleted()).hasSize(6);
    }

    @Test
    void whatACollectingCheckpointMayBuildOnIsKeptUntilItSaysWhatItNeeds() {
        CoordinatorFixture fixture = CoordinatorFixture.running(TWO_AT_ONCE);
        long base = fixture.trigger();
        fixture.complete(base);
        long second = fixture.trigger();
        long third = fixture.trigger();
        fixture.complete(second);
        assertThat(fixture.deleted()).containsExactly(base + "/manifest");
        fixture.acknowledge(A, ack(third, ON_A, file(base, A), file(third, A)));
        fixture.acknowledge(B, third);
        assertThat(fixture.deleted())
                .containsExactly(base + "/manifest", file(base, B).name());
        assertThat(fixture.lastStore().manifest().files()).contains(file(base, A));
    }

    @Test
    void aLateAcknowledgementOfOneThatWasGivenUpTellsWhatHasToGo() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long base = fixture.trigger();
        fixture.complete(base);
        long id = fixture.trigger();
        fixture.decline(A, id);
        assertThat(fixture.deleted()).isEmpty();
        fixture.acknowledge(B, ack(id, ON_B, file(base, B), file(id, B)));
        assertThat(fixture.deleted()).containsExactly(file(id, B).name());
        fixture.acknowledge(B, ack(id, ON_B, file(base, B), file(id, B)));
        assertThat(fixture.deleted()).hasSize(1);
    }

    @Test
    void whatNobodyTellsOfIsFoundByListingAGraceLater() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.pass(61_000);
        fixture.commands.clear();
        long id = fixture.triggers().get(fixture.triggers().size() - 1);
        fixture.decline(A, id);
        fixture.step(out -> fixture.coordinator.onTaskManagerLost(B, fixture.now(), out));
        fixture.pass(59_900);
        assertThat(fixture.commands(SweepFiles.class))
                .noneMatch(sweep -> sweep.checkpoints().contains(id));
        fixture.pass(100);
        SweepFiles sweep = fixture.commands(SweepFiles.class).get(0);
        assertThat(sweep.checkpoints()).contains(id);
        assertThat(sweep.before()).isZero();
        assertThat(fixture.coordinator.isQuiet()).isTrue();
        fixture.event(new SweepFailed(sweep, PROBLEM));
        assertThat(fixture.coordinator.isQuiet()).isFalse();
        fixture.pass(60_000);
        assertThat(fixture.commands(SweepFiles.class)).containsExactly(sweep, sweep);
    }

    @Test
    void aManifestThatWasInDoubtIsLookedForOnceMoreWhenItIsDeleted() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        long doubted = fixture.trigger();
        fixture.acknowledgeAll(doubted);
        fixture.event(new ManifestFailed(JOB, doubted, PROBLEM, false));
        fixture.pass(200);
        fixture.stored(doubted);
        fixture.recorded(doubted);
        long next = fixture.trigger();
        fixture.acknowledge(A, ack(next, ON_A, file(doubted, A), file(next, A)));
        fixture.acknowledge(B, next);
        fixture.stored(next);
        fixture.recorded(next);
        fixture.commands.clear();
        fixture.step(out -> fixture.coordinator.onRunEnded("over", fixture.now(), out));
        fixture.pass(120_000);
        assertThat(fixture.commands(SweepFiles.class)).anySatisfy(sweep -> {
            assertThat(sweep.checkpoints()).contains(doubted);
            assertThat(sweep.keep()).contains(file(doubted, A).name()).doesNotContain(doubted + "/manifest");
        });
    }

    @Test
    void whatCouldNotBeDeletedIsAskedForAgain() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.complete(fixture.trigger());
        fixture.complete(fixture.trigger());
        DeleteFiles command = fixture.commands(DeleteFiles.class).get(0);
        fixture.event(new DeleteFailed(JOB, command.place(), command.names(), PROBLEM));
        assertThat(fixture.commands(DeleteFiles.class)).hasSize(1);
        fixture.pass(200);
        assertThat(fixture.commands(DeleteFiles.class)).containsExactly(command, command);
    }

    @Test
    void anAcknowledgementThatCannotBeGivesTheCheckpointUp() {
        CoordinatorFixture good = CoordinatorFixture.running();
        good.complete(good.trigger());
        long base = good.retained().get(0);
        SegmentFile forged = new SegmentFile(file(base, A).name(), 1_000, -1);
        for (SegmentFile bad : List.of(forged, file(base - 1, A), new SegmentFile("../x", 1_000, 1))) {
            long id = good.trigger();
            good.acknowledge(A, ack(id, ON_A, bad));
            assertBad(good, id, bad.name());
        }
        long twice = good.trigger();
        good.acknowledge(A, ack(twice, ON_A, file(twice, A)));
        good.acknowledge(B, ack(twice, ON_B, file(twice, A)));
        assertBad(good, twice, "Another TaskManager wrote");
        long silent = good.trigger();
        good.acknowledge(A, new CheckpointAcknowledged(JOB, 1, silent, List.of(), List.of(), List.of()));
        assertBad(good, silent, "says nothing of 'v0' (1/2)");
        long foreign = good.trigger();
        good.acknowledge(A, ack(foreign, ON_B, file(foreign, A)));
        assertBad(good, foreign, "not asked for it");
        assertThat(good.retained()).containsExactly(base);
    }

    @Test
    void aNewLeaderGoesOnFromTheLogAndHasOrphansOfFormerOnesFound() {
        CoordinatorFixture former = CoordinatorFixture.running();
        long base = former.trigger();
        former.complete(base);
        CoordinatorFixture fixture = new CoordinatorFixture(TIMING, LIMITS, former.coordinator.retained());
        assertThat(fixture.coordinator.latest()).isEqualTo(former.coordinator.latest());
        fixture.run();
        fixture.step(out -> fixture.coordinator.onTaskManagerConnected(A, fixture.now(), out));
        assertThat(fixture.completions()).containsEntry(A, base);
        long next = fixture.trigger();
        assertThat(next).isGreaterThan(base);
        fixture.acknowledge(A, ack(next, ON_A, file(base, A), file(next, A)));
        fixture.acknowledge(B, next);
        fixture.stored(next);
        fixture.recorded(next);
        assertThat(fixture.deleted())
                .containsExactly(base + "/manifest", file(base, B).name());
        fixture.pass(60_000);
        SweepFiles sweep = fixture.commands(SweepFiles.class).get(0);
        assertThat(sweep.before()).isGreaterThan(base).isLessThan(next);
        assertThat(sweep.keep()).contains(file(base, A).name(), next + "/manifest");
    }

    private static void assertBad(CoordinatorFixture fixture, long checkpoint, String why) {
        assertThat(fixture.report(checkpoint).status()).isEqualTo(CheckpointStatus.FAILED);
        assertThat(fixture.cause(checkpoint).problem().code()).isEqualTo("CHECKPOINT_BAD_ACKNOWLEDGEMENT");
        assertThat(fixture.cause(checkpoint).problem().why()).contains(why);
    }
}
