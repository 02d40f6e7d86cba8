package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.JOB;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.ON_B;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.config.Configuration;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a checkpoint is triggered, and whom it asks. */
class CheckpointTriggerTest {

    @Test
    void theFirstIsTriggeredAnIntervalAfterAllTasksRun() {
        CoordinatorFixture fixture = CoordinatorFixture.running();
        fixture.pass(900);
        assertThat(fixture.triggers()).isEmpty();
        fixture.pass(100);
        assertThat(fixture.triggers()).hasSize(1);
        assertThat(fixture.sent(B, TriggerCheckpoint.class)).isEqualTo(fixture.sent(A, TriggerCheckpoint.class));
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
    void aTimeOutOfCenturiesIsCutToWhatDeadlinesCanHold() {
        Configuration job = Configuration.of(Map.of("checkpoint.timeout", "106000d"), "test");
        assertThat(CheckpointSettings.of(job).timing().timeoutMs())
                .isEqualTo(Duration.ofDays(36_500).toMillis());
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
}
