package io.millrace.taskmanager.server.checkpoint;

import static io.millrace.taskmanager.server.checkpoint.AgentFixture.PLACE;
import static io.millrace.taskmanager.server.checkpoint.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Aborts at every moment, storages that fail, checkpoints that overtake one another. */
class CheckpointTroubleTest {
    private final AgentFixture fixture = new AgentFixture().running(2);

    @Test
    void anAbortWhileSnapshotsAreMissingIsAnsweredAtOnce() {
        fixture.trigger(5).snapshot(0, 5, "a").aborted(5);
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_ABORTED");
        assertThat(fixture.lastDeclined().subtask()).isEqualTo(task(1));
        assertThat(fixture.calls).endsWith("give up 5 in 0", "give up 5 in 1");
        fixture.snapshot(1, 5, "late").work();
        assertThat(fixture.answers).hasSize(1);
        assertThat(fixture.storages).isEmpty();
    }

    @Test
    void anAbortWhileTheStorageIsOpenedIsAnsweredAtOnceAndNothingIsWritten() {
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b").aborted(5);
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_ABORTED");
        fixture.work();
        assertThat(fixture.answers).hasSize(1);
        assertThat(fixture.calls).doesNotContain("write 5");
        assertThat(fixture.storage(PLACE).puts).isZero();
    }

    @Test
    void anAbortWhileTheFileIsWrittenIsAnsweredWithTheFiles() {
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b");
        fixture.work.remove().run();
        assertThat(fixture.calls).endsWith("write 5");
        fixture.aborted(5).work();
        assertThat(fixture.answers).hasSize(1);
        assertThat(fixture.lastAcknowledged().files()).hasSize(1);
    }

    @Test
    void anAbortAfterTheAnswerIsNotAnsweredAgain() {
        fixture.trigger(5)
                .snapshot(0, 5, "a")
                .snapshot(1, 5, "b")
                .work()
                .aborted(5)
                .aborted(5);
        assertThat(fixture.answers).hasSize(1);
        fixture.trigger(5);
        assertThat(fixture.answers).hasSize(2);
    }

    @Test
    void anAbortBeforeItsTriggerLetsEarlySnapshotsGo() {
        fixture.snapshot(0, 5, "a").aborted(5);
        assertThat(fixture.agent.kept()).isZero();
        assertThat(fixture.answers).isEmpty();
        assertThat(fixture.calls).containsExactly("give up 5 in 0", "give up 5 in 1");
    }

    @Test
    void whatIsAbortedAfterItsAnswerIsNothingToBuildOn() {
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5).work();
        // Its answer, and where its parts lie.
        assertThat(fixture.agent.kept()).isEqualTo(2);
        fixture.aborted(5).completed(5);
        assertThat(fixture.agent.kept()).isEqualTo(1);
        assertThat(fixture.calls).doesNotContain("completed 5 to 0");
    }

    @Test
    void whatIsAbortedWhileItIsWrittenIsNothingToBuildOn() {
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5);
        fixture.work.remove().run();
        fixture.aborted(5).work();
        assertThat(fixture.lastAcknowledged().files()).hasSize(1);
        assertThat(fixture.agent.kept()).isEqualTo(1);
    }

    @Test
    void answersOfCheckpointsThatNeverSucceedAreBounded() {
        for (long checkpoint = 1; checkpoint <= 200; checkpoint++) {
            fixture.trigger(checkpoint).aborted(checkpoint);
        }
        assertThat(fixture.answers).hasSize(200);
        assertThat(fixture.agent.kept()).isLessThan(40);
    }

    @Test
    void aStorageThatCannotBeOpenedDeclinesAndIsTriedAgainByTheNext() {
        fixture.opens = false;
        fixture.trigger(5).snapshot(0, 5).snapshot(1, 5, "b").work();
        CheckpointDeclined declined = fixture.lastDeclined();
        assertThat(declined.problem().code()).isEqualTo("STORAGE_DENIED");
        assertThat(declined.problem().where()).isEqualTo(PLACE);
        assertThat(declined.subtask()).isEqualTo(task(1));

        fixture.opens = true;
        fixture.aborted(5).trigger(6).snapshot(0, 6, "a").snapshot(1, 6, "b").work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of("b")));
    }

    @Test
    void aFullStorageDeclinesWithItsProblemAndTheNextSucceeds() {
        fixture.storage(PLACE).failures.add(StorageErrors.STORAGE_FULL);
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b").work();
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("STORAGE_FULL");
        assertThat(fixture.lastDeclined().problem().nextStep()).isNotEmpty();
        assertThat(fixture.storage(PLACE).puts).isEqualTo(1);
        fixture.trigger(5);
        assertThat(fixture.answers).hasSize(2);

        fixture.aborted(5).trigger(6).snapshot(0, 6, "a").snapshot(1, 6, "b").work();
        assertThat(fixture.lastAnswer()).isInstanceOf(CheckpointAcknowledged.class);
    }

    @Test
    void anUnknownOutcomeIsResolvedByPuttingTheSameAgain() {
        FailingStorage storage = fixture.storage(PLACE);
        storage.failures.add(StorageErrors.STORAGE_OUTCOME_UNKNOWN);
        storage.failures.add(StorageErrors.STORAGE_OUTCOME_UNKNOWN);
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b").work();
        assertThat(storage.puts).isEqualTo(3);
        assertThat(fixture.pauses).containsExactly(100_000_000L, 200_000_000L);
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of("b")));
    }

    @Test
    void anOutcomeThatStaysUnknownDeclines() {
        FailingStorage storage = fixture.storage(PLACE);
        for (int i = 0; i < 9; i++) {
            storage.failures.add(StorageErrors.STORAGE_OUTCOME_UNKNOWN);
        }
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b").work();
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("STORAGE_OUTCOME_UNKNOWN");
        assertThat(storage.puts).isEqualTo(3);
        assertThat(fixture.pauses).hasSize(2);
    }

    @Test
    void aNameThatSomebodyElseTookDeclines() {
        fixture.storage(PLACE)
                .objects
                .put(
                        new ObjectName("5/" + AgentFixture.WRITER + "-0"),
                        Content.of("theirs".getBytes(StandardCharsets.UTF_8)));
        fixture.trigger(5).snapshot(0, 5, "a").snapshot(1, 5, "b").work();
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_NAME_TAKEN");
    }

    @Test
    void aTaskThatLetALaterBarrierPassDeclinesTheEarlierOne() {
        fixture.trigger(5).trigger(6).snapshot(1, 5, "b").snapshot(0, 6, "a");
        assertThat(fixture.lastDeclined().checkpoint()).isEqualTo(5);
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_OVERTAKEN");
        fixture.snapshot(1, 6).work();
        assertThat(fixture.lastAcknowledged().checkpoint()).isEqualTo(6);
        assertThat(fixture.answers).hasSize(2);
    }

    @Test
    void aTaskThatLetALaterBarrierPassBeforeTheTriggerDeclinesToo() {
        fixture.snapshot(0, 6, "a").trigger(5);
        assertThat(fixture.lastDeclined().subtask()).isEqualTo(task(0));
        assertThat(fixture.lastDeclined().problem().code()).isEqualTo("CHECKPOINT_OVERTAKEN");
        fixture.trigger(6).snapshot(1, 6).work();
        assertThat(fixture.read(fixture.lastAcknowledged(), PLACE))
                .isEqualTo(Map.of(task(0), List.of("a"), task(1), List.of()));
    }

    @Test
    void aTriggerThatComesAfterALaterOneDeclines() {
        fixture.trigger(6).trigger(5);
        assertThat(fixture.lastDeclined().checkpoint()).isEqualTo(5);
        assertThat(fixture.calls).doesNotContain("announce 5 to 0");
    }
}
