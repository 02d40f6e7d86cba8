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
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.Cancel;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.Deploy;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job whose TaskManagers do what the test says: it takes checkpoints, starts again from them, and ends. */
class JobCheckpointsTest {
    private final Cluster cluster = new Cluster();

    @Test
    void checkpointsAreTakenAtTheJobsPlaceInItsIntervalAndPointersAreLogged() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        cluster.pass(900);
        assertThat(cluster.sent(a, TriggerCheckpoint.class)).isEmpty();
        cluster.pass(100);
        TriggerCheckpoint trigger = trigger(cluster, a);
        assertThat(trigger.place()).isEqualTo("/checkpoints/" + job);
        assertThat(trigger.run()).isEqualTo(1);
        acknowledge(cluster, a, trigger);
        assertThat(cluster.disk.manifests)
                .containsKey("/checkpoints/" + job + "/" + trigger.checkpoint() + "/manifest");
        assertThat(cluster.disk.entries(LogEntry.Completed.class)).hasSize(1);
        assertThat(cluster.sent(a, CheckpointCompleted.class))
                .containsExactly(new CheckpointCompleted(job, 1, trigger.checkpoint()));
    }

    @Test
    void aJobMayNameItsOwnPlaceAndTakeNone() {
        Session a = cluster.register(Cluster.address("a", 1), 4);
        run(cluster, a, graph("checkpoint.dir", "s3://bucket/prefix"));
        cluster.pass(1_000);
        assertThat(trigger(cluster, a).place()).startsWith("s3://bucket/prefix/0000");
        Session b = cluster.register(Cluster.address("b", 2), 4);
        cluster.submit(TestGraphs.line("none", 1));
        cluster.pass(2_000);
        assertThat(cluster.sent(b, TriggerCheckpoint.class)).isEmpty();
    }

    @Test
    void aSettingThatContradictsAnotherIsRefusedAtSubmit() {
        Outcome<JobSummary> outcome = cluster.submit(
                cluster.newJob(),
                graph(
                        "restart.exponential-delay.initial-delay", "2min",
                        "restart.exponential-delay.max-delay", "1min"));
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        assertThat(cluster.list()).isEmpty();
        assertThat(cluster.disk.entries).isEmpty();
    }

    @Test
    void aJobIsAcceptedAndRunOnlyWhenItsSubmissionIsInTheLog() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        cluster.disk.holdLog = true;
        Cluster.Box<Outcome<JobSummary>> answer = cluster.submitAnd(cluster.newJob(), graph());
        assertThat(answer.isSet()).isFalse();
        assertThat(cluster.deployed(a)).isEmpty();
        cluster.disk.release();
        cluster.pass(100);
        assertThat(answer.isSet()).isTrue();
        assertThat(cluster.deployed(a)).hasSize(2);
    }

    @Test
    void aSubmissionThatTheLogRefusesNeverWas() {
        cluster.disk.logFails = true;
        JobId job = cluster.newJob();
        assertThat(cluster.submit(job, graph())).isInstanceOf(Outcome.Failure.class);
        assertThat(cluster.list()).isEmpty();
        cluster.disk.logFails = false;
        assertThat(cluster.submit(job, graph())).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void aFailedRunIsFollowedByOneFromTheLatestCheckpoint() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        cluster.pass(1_000);
        long first = trigger(cluster, a).checkpoint();
        acknowledge(cluster, a, trigger(cluster, a));
        cluster.heartbeat(a);
        cluster.pass(1_000);
        long second = trigger(cluster, a).checkpoint();
        assertThat(second).isGreaterThan(first);
        acknowledge(cluster, a, trigger(cluster, a));

        List<SubtaskId> tasks = newest(cluster, a);
        fail(cluster, a, tasks.get(0));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        assertThat(cluster.sent(a, Cancel.class)).containsExactly(new Cancel(List.of(tasks.get(1))));
        assertThat(cluster.details(job).restarts().waitsFor()).isEqualTo("the tasks of run 1 to end");
        assertThat(cluster.deployed(a)).hasSize(2);

        cluster.state(a, tasks.get(1), ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        RestorePoint restore = restoreOf(cluster, a);
        assertThat(restore.checkpoint()).isEqualTo(second);
        assertThat(restore.place()).isEqualTo("/checkpoints/" + job);
        assertThat(newest(cluster, a)).allMatch(subtask -> subtask.run() == 2);
        runNewest(cluster, a);
        JobDetails details = cluster.details(job);
        assertThat(details.summary().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(details.restarts()).isEqualTo(new JobDetails.Restarts(1, ""));
        assertThat(details.failures().get(0).problem()).isEqualTo(BOOM);
        assertThat(cluster.disk.entries(LogEntry.RunStarted.class)).hasSize(1);

        cluster.pass(1_000);
        assertThat(trigger(cluster, a).run()).isEqualTo(2);
        assertThat(trigger(cluster, a).checkpoint()).isGreaterThan(second);
    }

    @Test
    void keyedPartsAreDealtByKeyGroupAndAllOthersToAll() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        run(cluster, a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        fail(cluster, a);
        List<Deploy> deploys = cluster.sent(a, Deploy.class);
        for (int index = 0; index < 2; index++) {
            SubtaskDeployment deployment = deploys.get(2 + index).deployment();
            RestorePoint restore = java.util.Objects.requireNonNull(deployment.restore());
            List<StatePart> parts = restore.operators().get(0).subtasks().stream()
                    .flatMap(subtask -> subtask.parts().stream())
                    .toList();
            assertThat(parts.stream().filter(part -> part.kind() == PartKind.KEYED_BASE))
                    .extracting(StatePart::fromGroup)
                    .containsExactly(64 * index);
            assertThat(parts.stream().filter(part -> part.kind() == PartKind.OPERATOR_LIST))
                    .hasSize(2);
            assertThat(restore.files()).hasSize(1);
        }
    }

    @Test
    void aRunWithoutACheckpointIsFollowedByOneFromTheBeginning() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        run(cluster, a, graph("restart.strategy", "exponential-delay"));
        fail(cluster, a);
        List<Deploy> deploys = cluster.sent(a, Deploy.class);
        assertThat(deploys).hasSize(4);
        assertThat(deploys.get(3).deployment().restore()).isNull();
    }

    @Test
    void aProgramThatFailsBeforeItsFirstCheckpointIsToldSoAtOnceUnlessItChoseOtherwise() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        fail(cluster, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.sent(a, Deploy.class)).hasSize(2);
    }

    @Test
    void aLostTaskManagerEndsTheRunAndTheNextWaitsForSlotsWithoutATimeout() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        Session b = cluster.register(Cluster.address("b", 2), 1);
        JobId job = cluster.submit(graph());
        cluster.run(a, b);
        cluster.pass(1_000);
        SubtaskId onB = cluster.deployed(b).get(0);
        cluster.from(a, new io.millrace.common.graph.gateway.FromTaskManager.Leaving("SIGTERM"));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        cluster.state(b, onB, ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        for (int i = 0; i < 100; i++) {
            cluster.pass(500);
            cluster.heartbeat(b);
        }
        assertThat(cluster.status(job)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        assertThat(cluster.details(job).failures().get(0).problem().code())
                .isEqualTo(ControlError.TASK_MANAGER_LOST.name());
        Session again = cluster.register(Cluster.address("a", 3), 1);
        assertThat(cluster.deployed(again)).hasSize(1);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
    }

    @Test
    void theNextRunWaitsWhileAPointerIsOnItsWayToTheLog() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        cluster.pass(1_000);
        cluster.disk.holdLog = true;
        acknowledge(cluster, a, trigger(cluster, a));
        fail(cluster, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        assertThat(cluster.details(job).restarts().waitsFor()).isEqualTo("the metadata log");
        cluster.disk.release();
        cluster.pass(100);
        assertThat(restoreOf(cluster, a).checkpoint())
                .isEqualTo(trigger(cluster, a).checkpoint());
    }

    @Test
    void theSecondRestartWaitsForItsDelayAndTheStrategySaysWhenItIsEnough() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph("restart.strategy", "exponential-delay"));
        fail(cluster, a);
        runNewest(cluster, a);
        fail(cluster, a);
        assertThat(cluster.details(job).restarts().waitsFor()).isEqualTo("the delay of restart.strategy to be over");
        cluster.pass(900);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        cluster.pass(100);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        cluster.cancel(job).orThrow();
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);

        JobId once = run(cluster, a, graph("restart.strategy", "fixed-delay", "restart.fixed-delay.attempts", "0"));
        fail(cluster, a);
        assertThat(cluster.status(once)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(once).failures())
                .extracting(failure -> failure.problem().code())
                .containsExactly("USER_ERROR", "NO_MORE_RESTARTS");
    }

    @Test
    void moreFailedCheckpointsThanAreToleratedEndTheRun() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph("checkpoint.tolerable-failures", "0"));
        cluster.pass(1_000);
        TriggerCheckpoint trigger = trigger(cluster, a);
        SubtaskId task = newest(cluster, a).get(0);
        cluster.from(a, new CheckpointDeclined(job, 1, trigger.checkpoint(), task, FakeDisk.PROBLEM));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("TOO_MANY_FAILED_CHECKPOINTS");
    }

    @Test
    void aSavepointIsTakenInAFolderOfItsJobAndSurvivesItsEnd() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        Cluster.Box<Outcome<String>> path = savepoint(job, "/save");
        assertThat(trigger(cluster, a).kind()).isEqualTo(CheckpointKind.SAVEPOINT);
        assertThat(trigger(cluster, a).place()).isEqualTo("/save/savepoint-" + job);
        assertThat(path.isSet()).isFalse();
        acknowledge(cluster, a, trigger(cluster, a));
        String expected = "/save/savepoint-" + job + "/" + trigger(cluster, a).checkpoint();
        assertThat(path.get().orThrow()).isEqualTo(expected);
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.FINISHED));
        cluster.pass(100);
        assertThat(cluster.disk.manifests).containsOnlyKeys(expected + "/manifest");
        assertCode(savepoint(job, "").get(), "JOB_ALREADY_ENDED");
    }

    @Test
    void aSavepointThatCannotBeIsRefusedByName() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph("restart.strategy", "exponential-delay"));
        assertCode(savepoint(job, "ftp://there").get(), "BAD_SAVEPOINT_PLACE");
        assertCode(savepoint(cluster.newJob(), "/save").get(), "NO_SUCH_JOB");
        savepoint(job, "");
        assertThat(trigger(cluster, a).place()).isEqualTo("/checkpoints/savepoints/savepoint-" + job);
        fail(cluster, a);
        assertCode(savepoint(job, "/save").get(), "JOB_NOT_RUNNING");
    }

    @Test
    void checkpointsAreListedWithTheirEndsAndThePathsOfThoseKept() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        for (int i = 0; i < 2; i++) {
            cluster.pass(1_000);
            cluster.heartbeat(a);
            acknowledge(cluster, a, trigger(cluster, a));
        }
        cluster.pass(1_000);
        TriggerCheckpoint third = trigger(cluster, a);
        SubtaskId culprit = newest(cluster, a).get(1);
        cluster.from(a, new CheckpointDeclined(job, 1, third.checkpoint(), culprit, BOOM));
        String second = "/checkpoints/" + job + "/" + (third.checkpoint() - 1);
        assertThat(checkpoints(job))
                .extracting(CheckpointSummary::status)
                .containsExactly(CheckpointStatus.FAILED, CheckpointStatus.COMPLETED, CheckpointStatus.COMPLETED);
        assertThat(checkpoints(job)).extracting(CheckpointSummary::path).containsExactly("", second, "");
        assertThat(checkpoints(job).get(0).cause()).isEqualTo(BOOM);
        assertThat(checkpoints(job).get(0).subtask()).endsWith("(2/2)");

        cluster.cancel(job).orThrow();
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        cluster.pass(100);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);
        assertThat(checkpoints(job)).extracting(CheckpointSummary::path).containsExactly("", second, "");
        Cluster.Box<Outcome<List<CheckpointSummary>>> nobody = new Cluster.Box<>();
        cluster.post(new Event.ListCheckpoints(cluster.newJob(), nobody::set));
        assertThat(nobody.get()).isInstanceOf(Outcome.Failure.class);
    }

    private List<CheckpointSummary> checkpoints(JobId job) {
        Cluster.Box<Outcome<List<CheckpointSummary>>> answer = new Cluster.Box<>();
        cluster.post(new Event.ListCheckpoints(job, answer::set));
        return answer.get().orThrow();
    }

    private Cluster.Box<Outcome<String>> savepoint(JobId job, String place) {
        Cluster.Box<Outcome<String>> answer = new Cluster.Box<>();
        cluster.post(new Event.TakeSavepoint(job, CheckpointKind.SAVEPOINT, place, answer::set));
        return answer;
    }

    private static void assertCode(Outcome<String> outcome, String code) {
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        assertThat(((Outcome.Failure<String>) outcome).problem().code()).isEqualTo(code);
    }

    @Test
    void aFinishedJobLeavesNothingOnceItsEndIsInTheLog() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        cluster.disk.holdLog = true;
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.FINISHED));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        assertThat(cluster.disk.manifests).hasSize(1);
        cluster.disk.release();
        cluster.pass(100);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
        assertThat(cluster.disk.manifests).isEmpty();
        assertThat(cluster.disk.entries(LogEntry.Cleaned.class)).isEmpty();
        passWithHeartbeats(a, 61_000);
        assertThat(cluster.disk.commands(SweepFiles.class)).hasSize(2);
        assertThat(cluster.disk.entries(LogEntry.Cleaned.class)).hasSize(1);
    }

    @Test
    void whatACancelledOrFailedJobKeepsIsItsToSay() {
        assertThat(manifestsAfterCancel()).hasSize(1);
        assertThat(manifestsAfterCancel("checkpoint.retention", "retain", "checkpoint.retained", "3"))
                .hasSize(1);
        assertThat(manifestsAfterCancel("checkpoint.retention", "delete-on-cancel"))
                .isEmpty();
        assertThat(manifestsAfterCancel("checkpoint.retention", "delete")).isEmpty();
    }

    private static List<String> manifestsAfterCancel(String... settings) {
        JobCheckpointsTest test = new JobCheckpointsTest();
        Session a = test.cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(test.cluster, a, graph(settings));
        for (int i = 0; i < 2; i++) {
            test.cluster.pass(1_000);
            test.cluster.heartbeat(a);
            acknowledge(test.cluster, a, trigger(test.cluster, a));
        }
        test.cluster.cancel(job).orThrow();
        newest(test.cluster, a).forEach(task -> test.cluster.state(a, task, ExecutionState.CANCELED));
        test.cluster.pass(100);
        assertThat(test.cluster.status(job)).isEqualTo(JobStatus.CANCELED);
        return List.copyOf(test.cluster.disk.manifests.keySet());
    }

    private void passWithHeartbeats(Session session, long ms) {
        for (long passed = 0; passed < ms; passed += 500) {
            cluster.pass(500);
            cluster.heartbeat(session);
        }
    }
}
