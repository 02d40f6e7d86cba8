package io.millrace.jobmanager.control;

import static io.millrace.jobmanager.control.CheckpointedJob.BOOM;
import static io.millrace.jobmanager.control.CheckpointedJob.acknowledge;
import static io.millrace.jobmanager.control.CheckpointedJob.fail;
import static io.millrace.jobmanager.control.CheckpointedJob.graph;
import static io.millrace.jobmanager.control.CheckpointedJob.newest;
import static io.millrace.jobmanager.control.CheckpointedJob.restoreOf;
import static io.millrace.jobmanager.control.CheckpointedJob.run;
import static io.millrace.jobmanager.control.CheckpointedJob.runNewest;
import static io.millrace.jobmanager.control.CheckpointedJob.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Session;
import org.junit.jupiter.api.Test;

/** Jobs that are stopped with a savepoint, and what may come between. */
class StopTest {
    private final Cluster cluster = new Cluster();
    private final Session a = cluster.register(Cluster.address("a", 1), 2);
    private final JobId job = run(cluster, a, graph());
    private final TriggerCheckpoint base = checkpoint();

    private TriggerCheckpoint checkpoint() {
        cluster.pass(1_000);
        TriggerCheckpoint trigger = trigger(cluster, a);
        acknowledge(cluster, a, trigger);
        return trigger;
    }

    private Cluster.Box<Outcome<String>> stop(CheckpointKind kind) {
        Cluster.Box<Outcome<String>> answer = new Cluster.Box<>();
        cluster.post(new Event.TakeSavepoint(job, kind, "/mine", answer::set));
        return answer;
    }

    private void finish() {
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.FINISHED));
    }

    @Test
    void theJobIsFinishedWhenItsTasksHaveCommittedTheSavepoint() {
        Cluster.Box<Outcome<String>> answer = stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        TriggerCheckpoint stop = trigger(cluster, a);
        assertThat(stop.kind()).isEqualTo(CheckpointKind.SAVEPOINT_THEN_STOP);
        acknowledge(cluster, a, stop);
        assertThat(answer.get()).isEqualTo(Outcome.success(stop.place() + "/" + stop.checkpoint()));
        assertThat(cluster.sent(a, CheckpointCompleted.class)).anyMatch(told -> told.checkpoint() == stop.checkpoint());
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        finish();
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
        assertThat(cluster.disk.manifests.keySet())
                .containsExactly(stop.place() + "/" + stop.checkpoint() + "/manifest");
    }

    @Test
    void aFailureBeforeTheSavepointIsCompleteRestartsTheJobFromItsLatestCheckpoint() {
        Cluster.Box<Outcome<String>> answer = stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        fail(cluster, a);
        assertCode(answer.get(), "CHECKPOINT_RUN_ENDED");
        assertThat(restoreOf(cluster, a).checkpoint()).isEqualTo(base.checkpoint());
        assertThat(restoreOf(cluster, a).stopped()).isFalse();
        runNewest(cluster, a);
        assertThat(checkpoint().checkpoint()).isGreaterThan(base.checkpoint());
    }

    @Test
    void aFailureBehindTheSavepointHasWhatItHoldsCommittedAndTheJobEnds() {
        stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        TriggerCheckpoint stop = trigger(cluster, a);
        acknowledge(cluster, a, stop);
        fail(cluster, a);
        assertThat(restoreOf(cluster, a).checkpoint()).isEqualTo(stop.checkpoint());
        assertThat(restoreOf(cluster, a).stopped()).isTrue();
        runNewest(cluster, a);
        for (int i = 0; i < 4; i++) {
            cluster.heartbeat(a);
            cluster.pass(500);
        }
        assertThat(trigger(cluster, a)).isEqualTo(stop);
        finish();
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
    }

    @Test
    void aJobThatIsCancelledMeanwhileIsCancelledAndHasNoSavepoint() {
        Cluster.Box<Outcome<String>> answer = stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        cluster.cancel(job).orThrow();
        assertCode(answer.get(), "CHECKPOINT_RUN_ENDED");
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aStopThatFailsIsToldAndTheJobRunsOn() {
        Cluster.Box<Outcome<String>> answer = stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        decline(trigger(cluster, a));
        assertCode(answer.get(), "USER_ERROR");
        assertThat(cluster.sent(a, CheckpointAborted.class)).hasSize(1);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        assertThat(checkpoint().checkpoint()).isGreaterThan(base.checkpoint());
    }

    /** One checkpoint was under way when the job was to be stopped: it does not go with the stop. */
    @Test
    void aCheckpointThatIsUnderWayIsNotGivenUpWithTheStop() {
        cluster.pass(1_000);
        TriggerCheckpoint underWay = trigger(cluster, a);
        stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        decline(trigger(cluster, a));
        acknowledge(cluster, a, underWay);
        assertThat(cluster.sent(a, CheckpointCompleted.class))
                .anyMatch(told -> told.checkpoint() == underWay.checkpoint());
    }

    /** Its tasks wait for the word, and it was away when that was given. */
    @Test
    void aTaskManagerThatWasAwayLearnsThatTheStopWasGivenUp() {
        stop(CheckpointKind.SAVEPOINT_THEN_STOP);
        TriggerCheckpoint stop = trigger(cluster, a);
        cluster.disk.holdStorage = true;
        acknowledge(cluster, a, stop);
        cluster.post(new Event.SessionClosed(a, "broken"));
        cluster.disk.holdStorage = false;
        cluster.post(new Event.OfCheckpoint(new ManifestFailed(job, stop.checkpoint(), FakeDisk.PROBLEM, true)));
        Session again = cluster.register(
                Cluster.address("a", 1),
                2,
                newest(cluster, a).stream()
                        .map(task -> new TaskReport(task, "job", "v", 0, ExecutionState.RUNNING, null))
                        .toArray(TaskReport[]::new));
        assertThat(cluster.sent(again, CheckpointAborted.class))
                .extracting(CheckpointAborted::checkpoint)
                .containsExactly(stop.checkpoint());
    }

    @Test
    void aDrainThatFailsTakesTheJobBackBehindTheEndOfItsSources() {
        Cluster.Box<Outcome<String>> answer = stop(CheckpointKind.DRAIN);
        decline(trigger(cluster, a));
        assertCode(answer.get(), "USER_ERROR");
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("DRAIN_FAILED");
        assertThat(restoreOf(cluster, a).checkpoint()).isEqualTo(base.checkpoint());
    }

    private void decline(TriggerCheckpoint trigger) {
        cluster.from(
                a,
                new CheckpointDeclined(
                        job, 1, trigger.checkpoint(), newest(cluster, a).get(0), BOOM));
    }

    private static void assertCode(Outcome<String> outcome, String code) {
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        assertThat(((Outcome.Failure<String>) outcome).problem().code()).isEqualTo(code);
    }
}
