package io.millrace.taskmanager.server.checkpoint;

import static io.millrace.taskmanager.server.checkpoint.AgentFixture.PLACE;
import static io.millrace.taskmanager.server.checkpoint.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parts of earlier checkpoints, what subsumes them, and savepoints beside them. */
class EarlierPartsTest {
    private final AgentFixture fixture = new AgentFixture().running(1);

    private static EarlierPart part(long checkpoint, int index) {
        return new EarlierPart(0, checkpoint, index);
    }

    private AgentFixture snapshot(long checkpoint, List<EarlierPart> earlier, String... texts) {
        return fixture.snapshot(task(0), checkpoint, earlier, texts);
    }

    private List<String> lastRead() {
        return fixture.read(fixture.lastAcknowledged(), PLACE).get(task(0));
    }

    private void complete(long checkpoint, List<EarlierPart> earlier, String... texts) {
        fixture.trigger(checkpoint);
        snapshot(checkpoint, earlier, texts).work().completed(checkpoint);
    }

    @Test
    void anEarlierPartStandsBeforeTheNewOnesInItsOwnFile() {
        complete(5, List.of(), "base", "other");
        complete(6, List.of(part(5, 0)), "delta");
        assertThat(lastRead()).containsExactly("base", "delta");
        assertThat(fixture.lastAcknowledged().files())
                .extracting(SegmentFile::name)
                .containsExactly("5/0000000000000007-0", "6/0000000000000007-0");
        assertThat(fixture.lastAcknowledged().subtasks())
                .extracting(SubtaskAcknowledgement::cost)
                .containsExactly(new SnapshotCost(25, 13, 3, 2, 0));
    }

    @Test
    void aPartIsNamedForAsLongAsCheckpointsHaveIt() {
        complete(5, List.of(), "base");
        complete(6, List.of(part(5, 0)), "d6");
        complete(7, List.of(part(5, 0), part(6, 0)), "d7");
        complete(8, List.of(part(5, 0), part(6, 0), part(7, 0)));
        assertThat(lastRead()).containsExactly("base", "d6", "d7");
        assertThat(fixture.lastAcknowledged().files()).hasSize(3);
        // One answer, and one checkpoint's parts.
        assertThat(fixture.agent.kept()).isEqualTo(2);
    }

    @Test
    void whatTheNewestCompleteCheckpointDoesNotNameIsForgotten() {
        complete(5, List.of(), "base");
        complete(6, List.of(), "new base");
        fixture.trigger(7);
        snapshot(7, List.of(part(5, 0)));
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_BASE_FORGOTTEN");
        assertThat(fixture.lastDeclined().problem().what()).contains("checkpoint 5");
    }

    @Test
    void whatWasUnderWayMayStillStandOnTheBaseBefore() {
        complete(5, List.of(), "base");
        fixture.trigger(6).trigger(7);
        snapshot(6, List.of(), "new base").work().completed(6);
        snapshot(7, List.of(part(5, 0)), "d7").work();
        assertThat(lastRead()).containsExactly("base", "d7");
        fixture.completed(7);
        complete(8, List.of(part(5, 0), part(7, 0)), "d8");
        assertThat(lastRead()).containsExactly("base", "d7", "d8");
        assertThat(fixture.agent.kept()).isEqualTo(2);
    }

    @Test
    void theBaseBeforeGoesWhenNothingIsUnderWayThatMayStandOnIt() {
        complete(5, List.of(), "base");
        fixture.trigger(6).trigger(7);
        snapshot(6, List.of(), "new base").work().completed(6);
        // Answer 6 and 7, parts of 5 and 6.
        assertThat(fixture.agent.kept()).isEqualTo(4);
        fixture.aborted(7);
        assertThat(fixture.agent.kept()).isEqualTo(3);
    }

    @Test
    void anOlderCheckpointThatIsStillBeingWrittenIsSubsumedAndAnswered() {
        fixture.running(2).trigger(5).trigger(6);
        fixture.snapshot(0, 5, "a5").snapshot(0, 6, "a6").snapshot(1, 5, "b5").snapshot(1, 6, "b6");
        fixture.work.remove().run();
        // Both are being written; the later one ends first.
        Runnable five = fixture.work.remove();
        fixture.work().completed(6);
        assertThat(fixture.answers).hasSize(1);
        five.run();
        assertThat(fixture.answers).hasSize(2);
        assertThat(fixture.lastAcknowledged().checkpoint()).isEqualTo(5);
        fixture.trigger(5);
        assertThat(fixture.answers).hasSize(3);
    }

    @Test
    void answersGoWhenALaterCheckpointIsComplete() {
        fixture.trigger(5);
        snapshot(5, List.of(), "a").work();
        complete(6, List.of(), "b");
        complete(7, List.of(), "c");
        assertThat(fixture.agent.kept()).isEqualTo(2);
    }

    @Test
    void aSavepointGoesToItsOwnPlaceWhichIsThenClosed() {
        complete(5, List.of(), "base");
        fixture.savepoint(6);
        snapshot(6, List.of(), "everything").work();
        assertThat(fixture.read(fixture.lastAcknowledged(), "/savepoints/6"))
                .isEqualTo(Map.of(task(0), List.of("everything")));
        assertThat(fixture.storage("/savepoints/6").closes).isEqualTo(1);
        assertThat(fixture.storage(PLACE).closes).isZero();
    }

    @Test
    void nothingIsBasedOnASavepoint() {
        complete(5, List.of(), "base");
        fixture.savepoint(6);
        snapshot(6, List.of(), "everything").work().completed(6);
        assertThat(fixture.calls).contains("completed 6 to 0");
        complete(7, List.of(part(5, 0)), "d7");
        assertThat(lastRead()).containsExactly("base", "d7");
    }

    @Test
    void aSavepointIsNotSubsumed() {
        fixture.running(2).savepoint(5).trigger(6);
        fixture.snapshot(0, 5, "a").snapshot(1, 5, "b");
        fixture.snapshot(0, 6).snapshot(1, 6).completed(6).work();
        assertThat(fixture.lastAcknowledged().checkpoint()).isEqualTo(5);
        fixture.savepoint(5);
        assertThat(fixture.answers).hasSize(3).hasOnlyElementsOfType(CheckpointAcknowledged.class);
        fixture.completed(5);
        assertThat(fixture.calls).endsWith("completed 5 to 0", "completed 5 to 1");
    }

    @Test
    void aSavepointThatSharesPartsIsABug() {
        complete(5, List.of(), "base");
        fixture.savepoint(6);
        assertThatThrownBy(() -> snapshot(6, List.of(part(5, 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("savepoint 6");
    }
}
