package io.millrace.taskmanager.server.checkpoint;

import static io.millrace.taskmanager.server.checkpoint.AgentFixture.JOB;
import static io.millrace.taskmanager.server.checkpoint.AgentFixture.PLACE;
import static io.millrace.taskmanager.server.checkpoint.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.SnapshotTaken;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A share that nothing disturbs, and tasks that are no longer there. */
class CheckpointAgentTest {
    private final AgentFixture fixture = new AgentFixture();

    @Test
    void thePartsOfAllTasksBecomeOneFileAndOneAnswer() {
        fixture.running(2).trigger(5);
        assertThat(fixture.calls).containsExactly("announce 5 to 0", "announce 5 to 1");
        fixture.snapshot(1, 5, "b", "bb").work();
        assertThat(fixture.answers).isEmpty();
        assertThat(fixture.work).isEmpty();

        fixture.snapshot(0, 5, "a").work();

        CheckpointAcknowledged ack = fixture.lastAcknowledged();
        assertThat(fixture.answers).hasSize(1);
        assertThat(ack.files()).extracting(SegmentFile::name).containsExactly("5/0000000000000007-0");
        assertThat(fixture.read(ack, PLACE)).isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of("b", "bb")));
    }

    @Test
    void untilATaskHasGivenItsSnapshotTheOldestCheckpointAwaitsIt() {
        fixture.running(2).trigger(5).trigger(6);
        assertThat(fixture.agent.awaitedOf(task(0))).isEqualTo(5);
        fixture.snapshot(0, 5, "a");
        assertThat(fixture.agent.awaitedOf(task(0))).isEqualTo(6);
        fixture.snapshot(0, 6, "a");
        assertThat(fixture.agent.awaitedOf(task(0))).isZero();
        assertThat(fixture.agent.awaitedOf(task(1))).isEqualTo(5);
        assertThat(fixture.agent.awaitedOf(task(7))).isZero();
    }

    @Test
    void theAnswerSaysWhatItCost() {
        fixture.running(1).trigger(5).snapshot(0, 5, "12345678", "1");
        fixture.clock.advance(Duration.ofMillis(40));
        fixture.work();
        // Each block has a header of 8 bytes.
        assertThat(fixture.lastAcknowledged().subtasks())
                .extracting(SubtaskAcknowledgement::cost)
                .containsExactly(new SnapshotCost(25, 25, 3, 2, 40));
    }

    @Test
    void schemasAreToldOncePerOperator() {
        StateSchema schema = new StateSchema("s", new OpaqueBytes(new byte[] {1}));
        SnapshotPart part =
                new SnapshotPart(3, PartKind.KEYED_BASE, "s", 0, 8, 1, List.of(ByteBuffer.wrap(new byte[] {9})));
        fixture.running(2).trigger(5);
        for (int i = 0; i < 2; i++) {
            TaskSnapshot snapshot = new TaskSnapshot(
                    5, 0, 0, List.of(part), List.of(), List.of(new OperatorSchemas(3, List.of(schema))));
            fixture.agent.on(new SnapshotTaken(task(i), snapshot));
        }
        fixture.work();
        assertThat(fixture.lastAcknowledged().schemas()).containsExactly(new OperatorSchemas(3, List.of(schema)));
    }

    @Test
    void withNothingToWriteThereIsNoFileAndNoStorage() {
        fixture.running(2).trigger(5).snapshot(0, 5).snapshot(1, 5);
        assertThat(fixture.calls).doesNotContain("open " + PLACE);
        assertThat(fixture.lastAcknowledged().files()).isEmpty();
        assertThat(fixture.lastAcknowledged().subtasks())
                .extracting(SubtaskAcknowledgement::subtask)
                .containsExactly(task(0), task(1));
    }

    @Test
    void aPartWithoutBlocksHasAPlaceToo() {
        fixture.running(1).trigger(5);
        SnapshotPart empty = new SnapshotPart(0, PartKind.SPLITS, "", 0, 0, 0, List.of());
        fixture.agent.on(new SnapshotTaken(task(0), new TaskSnapshot(5, 0, 0, List.of(empty), List.of(), List.of())));
        fixture.work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE)).isEqualTo(Map.of(task(0), List.of("")));
    }

    @Test
    void partsThatWouldMakeAFileTooLongGoToAnotherOne() {
        fixture.segmentLimit = 80;
        fixture.running(1)
                .trigger(5)
                .snapshot(0, 5, "0123456789", "0123456789", "0123456789")
                .work();
        CheckpointAcknowledged ack = fixture.lastAcknowledged();
        assertThat(ack.files())
                .extracting(SegmentFile::name)
                .containsExactly("5/0000000000000007-0", "5/0000000000000007-1");
        assertThat(ack.files()).extracting(SegmentFile::nonce).doesNotHaveDuplicates();
        assertThat(fixture.read(ack, PLACE))
                .isEqualTo(Map.of(task(0), List.of("0123456789", "0123456789", "0123456789")));
    }

    @Test
    void aSnapshotThatComesBeforeItsTriggerIsKept() {
        fixture.running(2).snapshot(0, 5, "a");
        assertThat(fixture.agent.kept()).isEqualTo(1);
        fixture.trigger(5).snapshot(1, 5, "b").work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of("b")));
    }

    @Test
    void aSnapshotWhoseTriggerWillNeverComeIsLetGo() {
        fixture.running(2).snapshot(0, 5, "a").trigger(6).snapshot(0, 6).snapshot(1, 6);
        assertThat(fixture.agent.kept()).isEqualTo(1);
        assertThat(fixture.answers).hasSize(1);
    }

    @Test
    void aRepeatedTriggerRepeatsTheAnswerAndNothingElse() {
        fixture.running(1).trigger(5).trigger(5).snapshot(0, 5, "a").trigger(5).work();
        assertThat(fixture.answers).hasSize(1);
        fixture.trigger(5);
        assertThat(fixture.answers).hasSize(2);
        assertThat(fixture.answers.get(1)).isEqualTo(fixture.answers.get(0));
        assertThat(fixture.calls).containsExactly("announce 5 to 0", "open " + PLACE, "write 5");
    }

    @Test
    void aTriggerOfARunThatHasNoTasksHereIsDropped() {
        fixture.running(1).trigger(new JobId(9, 9), 5, CheckpointKind.CHECKPOINT, PLACE);
        assertThat(fixture.answers).isEmpty();
        assertThat(fixture.calls).isEmpty();
    }

    @Test
    void severalCheckpointsAreUnderWayAtOnce() {
        fixture.running(1)
                .trigger(5)
                .trigger(6)
                .snapshot(0, 5, "five")
                .snapshot(0, 6, "six")
                .work();
        assertThat(fixture.answers)
                .extracting(answer -> ((CheckpointAcknowledged) answer).checkpoint())
                .containsExactly(5L, 6L);
        assertThat(fixture.calls)
                .containsExactly("announce 5 to 0", "announce 6 to 0", "open " + PLACE, "write 5", "write 6");
    }

    @Test
    void jobsDoNotMix() {
        JobId other = new JobId(3, 4);
        fixture.running(1).running(task(other, 0));
        fixture.trigger(5).trigger(other, 5, CheckpointKind.CHECKPOINT, "/checkpoints/other");
        fixture.snapshot(task(other, 0), 5, List.of(), "theirs").work();
        assertThat(fixture.lastAcknowledged().job()).isEqualTo(other);
        fixture.snapshot(0, 5, "ours").work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE)).isEqualTo(Map.of(task(0), List.of("ours")));

        fixture.ends(0, ExecutionState.CANCELED).agent.onTaskForgotten(task(0));
        fixture.work();
        assertThat(fixture.storage(PLACE).closes).isEqualTo(1);
        assertThat(fixture.storage("/checkpoints/other").closes).isZero();
        fixture.agent.onCompleted(new CheckpointCompleted(other, 1, 5));
        assertThat(fixture.calls).contains("completed 5 to 0");
    }

    @Test
    void aTaskThatHadFinishedTakesNoPart() {
        fixture.running(2).ends(0, ExecutionState.FINISHED).trigger(5).snapshot(1, 5);
        assertThat(fixture.calls).containsExactly("announce 5 to 1");
        assertThat(fixture.lastAcknowledged().subtasks())
                .extracting(SubtaskAcknowledgement::subtask)
                .containsExactly(task(1));
    }

    @Test
    void aTaskThatFinishesBeforeItsSnapshotIsLeftOut() {
        fixture.running(2)
                .trigger(5)
                .snapshot(1, 5, "b")
                .ends(0, ExecutionState.FINISHED)
                .work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE)).isEqualTo(Map.of(task(1), List.of("b")));
    }

    @Test
    void aTaskThatFinishesAfterItsSnapshotIsInTheAnswer() {
        fixture.running(2)
                .trigger(5)
                .snapshot(0, 5, "a")
                .ends(0, ExecutionState.FINISHED)
                .snapshot(1, 5, "b")
                .work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of("b")));
    }

    @Test
    void aTaskThatFinishedBetweenABarrierInBandAndTheTriggerIsInTheAnswer() {
        fixture.running(2)
                .snapshot(0, 5, "a")
                .ends(0, ExecutionState.FINISHED)
                .trigger(5)
                .snapshot(1, 5)
                .work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of()));
    }

    @Test
    void whenAllTasksHaveFinishedTheAnswerIsEmpty() {
        fixture.running(1).ends(0, ExecutionState.FINISHED).trigger(5);
        assertThat(fixture.lastAcknowledged().subtasks()).isEmpty();
    }

    @Test
    void aTaskThatFailsBeforeItsSnapshotIsNamed() {
        fixture.running(2)
                .trigger(5)
                .snapshot(0, 5, "a")
                .ends(1, ExecutionState.FAILED)
                .work();
        assertThat(fixture.answers).hasSize(1);
        assertThat(fixture.lastDeclined().subtask()).isEqualTo(task(1));
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_TASK_NOT_RUNNING");
        assertThat(fixture.storages).isEmpty();
    }

    @Test
    void aTaskThatFailsAfterItsSnapshotChangesNothing() {
        fixture.running(1)
                .trigger(5)
                .snapshot(0, 5, "a")
                .ends(0, ExecutionState.FAILED)
                .work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE)).isEqualTo(Map.of(task(0), List.of("a")));
    }

    @Test
    void aTaskThatDoesNotRunYetIsNamed() {
        fixture.running(1);
        fixture.agent.onTaskState(task(1), ExecutionState.INITIALIZING);
        fixture.trigger(5);
        assertThat(fixture.lastDeclined().subtask()).isEqualTo(task(1));
        assertThat(fixture.calls).isEmpty();
    }

    @Test
    void theAnswerOfARunWhoseTasksAreForgottenIsStillGivenAndThenNothingIsKept() {
        fixture.running(1).trigger(5).snapshot(0, 5, "a").ends(0, ExecutionState.FINISHED);
        fixture.agent.onTaskForgotten(task(0));
        assertThat(fixture.agent.isEmpty()).isFalse();
        fixture.work();
        assertThat(fixture.answers).hasSize(1).hasOnlyElementsOfType(CheckpointAcknowledged.class);
        assertThat(fixture.agent.isEmpty()).isTrue();
        assertThat(fixture.storage(PLACE).closes).isEqualTo(1);
    }

    @Test
    void aRunThatEndsForgetsAnswersAndSnapshots() {
        fixture.running(2)
                .trigger(5)
                .snapshot(0, 5, "a")
                .snapshot(1, 5, "b")
                .work()
                .completed(5);
        fixture.snapshot(0, 6, "early");
        assertThat(fixture.agent.kept()).isPositive();
        for (int i = 0; i < 2; i++) {
            fixture.ends(i, ExecutionState.CANCELED).agent.onTaskForgotten(task(i));
        }
        fixture.work();
        assertThat(fixture.agent.isEmpty()).isTrue();
        assertThat(fixture.agent.kept()).isZero();
        assertThat(fixture.storage(PLACE).closes).isEqualTo(1);
        fixture.snapshot(0, 6, "late").trigger(7);
        assertThat(fixture.agent.isEmpty()).isTrue();
    }

    @Test
    void theStorageOfAPlaceIsOpenedOnceAndKept() {
        fixture.running(1);
        for (long checkpoint = 5; checkpoint < 9; checkpoint++) {
            fixture.trigger(checkpoint).snapshot(0, checkpoint, "x").work().completed(checkpoint);
        }
        assertThat(fixture.calls).filteredOn(call -> call.startsWith("open")).hasSize(1);
        assertThat(fixture.storage(PLACE).closes).isZero();
        assertThat(fixture.answers).hasSize(4).hasOnlyElementsOfType(CheckpointAcknowledged.class);
    }

    @Test
    void whatIsNoPlaceIsDeclined() {
        fixture.running(1).trigger(JOB, 5, CheckpointKind.CHECKPOINT, "relative");
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_PLACE_INVALID");
    }
}
