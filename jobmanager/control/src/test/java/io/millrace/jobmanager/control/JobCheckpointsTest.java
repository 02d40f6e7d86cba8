package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.Cancel;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.Deploy;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestUnreadable;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job whose TaskManagers do what the test says: it takes checkpoints, starts again from them, and ends. */
class JobCheckpointsTest {
    private static final Problem BOOM = new Problem("USER_ERROR", "boom", "Job.java:3", "", "fix it");

    private final Cluster cluster = new Cluster();

    private static JobGraph graph(String... settings) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("checkpoint.interval", "1s");
        for (int i = 0; i < settings.length; i += 2) {
            configuration.put(settings[i], settings[i + 1]);
        }
        return TestGraphs.with(TestGraphs.line("job", 2), configuration);
    }

    private JobId run(Session on, JobGraph graph) {
        JobId job = cluster.submit(graph);
        runNewest(cluster, on);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        return job;
    }

    /** The newest two subtasks that were deployed on a session run. */
    private static List<SubtaskId> runNewest(Cluster cluster, Session on) {
        List<SubtaskId> newest = newest(cluster, on);
        newest.forEach(subtask -> cluster.state(on, subtask, ExecutionState.INITIALIZING));
        newest.forEach(subtask -> cluster.state(on, subtask, ExecutionState.RUNNING));
        return newest;
    }

    private static List<SubtaskId> newest(Cluster cluster, Session on) {
        List<SubtaskId> deployed = cluster.deployed(on);
        return deployed.subList(deployed.size() - 2, deployed.size());
    }

    private static RestorePoint restoreOf(Cluster cluster, Session on) {
        List<Deploy> deploys = cluster.sent(on, Deploy.class);
        SubtaskDeployment last = deploys.get(deploys.size() - 1).deployment();
        assertThat(last.restore()).as("restore of %s", last.id()).isNotNull();
        return java.util.Objects.requireNonNull(last.restore());
    }

    private static TriggerCheckpoint trigger(Cluster cluster, Session on) {
        List<TriggerCheckpoint> triggers = cluster.sent(on, TriggerCheckpoint.class);
        return triggers.get(triggers.size() - 1);
    }

    /** Both subtasks have a keyed part of their half of 128 groups, and a list part. */
    private static void acknowledge(Cluster cluster, Session on, TriggerCheckpoint trigger) {
        SegmentFile file = new SegmentFile(
                CheckpointFileName.segment(trigger.checkpoint(), new Incarnation(1), 0), 1_000, trigger.checkpoint());
        List<SubtaskAcknowledgement> subtasks = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            List<StatePart> parts = List.of(
                    new StatePart(PartKind.KEYED_BASE, "s", 64 * index, 64 * index + 64, 0, 100L * index, 100, 1),
                    new StatePart(PartKind.OPERATOR_LIST, "l", 0, 0, 0, 500 + 100L * index, 100, 1));
            subtasks.add(new SubtaskAcknowledgement(
                    new SubtaskId(trigger.job(), trigger.run(), 0, index, 0),
                    List.of(new OperatorParts(0, parts)),
                    SnapshotCost.NONE));
        }
        cluster.from(
                on,
                new CheckpointAcknowledged(
                        trigger.job(), trigger.run(), trigger.checkpoint(), List.of(file), List.of(), subtasks));
    }

    private void fail(Session on, SubtaskId culprit) {
        cluster.failed(on, new Failure(BOOM, "", culprit, "v0", "a", 5, ""));
    }

    private void fail(Session on) {
        List<SubtaskId> tasks = newest(cluster, on);
        fail(on, tasks.get(0));
        cluster.state(on, tasks.get(1), ExecutionState.CANCELED);
    }

    @Test
    void checkpointsAreTakenAtTheJobsPlaceInItsIntervalAndPointersAreLogged() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(a, graph());
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
        run(a, graph("checkpoint.dir", "s3://bucket/prefix"));
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
        JobId job = run(a, graph());
        cluster.pass(1_000);
        long first = trigger(cluster, a).checkpoint();
        acknowledge(cluster, a, trigger(cluster, a));
        cluster.heartbeat(a);
        cluster.pass(1_000);
        long second = trigger(cluster, a).checkpoint();
        assertThat(second).isGreaterThan(first);
        acknowledge(cluster, a, trigger(cluster, a));

        List<SubtaskId> tasks = newest(cluster, a);
        fail(a, tasks.get(0));
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
        run(a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        fail(a);
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
        run(a, graph());
        fail(a);
        List<Deploy> deploys = cluster.sent(a, Deploy.class);
        assertThat(deploys).hasSize(4);
        assertThat(deploys.get(3).deployment().restore()).isNull();
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
        JobId job = run(a, graph());
        cluster.pass(1_000);
        cluster.disk.holdLog = true;
        acknowledge(cluster, a, trigger(cluster, a));
        fail(a);
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
        JobId job = run(a, graph());
        fail(a);
        runNewest(cluster, a);
        fail(a);
        assertThat(cluster.details(job).restarts().waitsFor()).isEqualTo("the delay of restart.strategy to be over");
        cluster.pass(900);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        cluster.pass(100);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        cluster.cancel(job).orThrow();
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);

        JobId once = run(a, graph("restart.strategy", "fixed-delay", "restart.fixed-delay.attempts", "0"));
        fail(a);
        assertThat(cluster.status(once)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(once).failures())
                .extracting(failure -> failure.problem().code())
                .containsExactly("USER_ERROR", "NO_MORE_RESTARTS");
    }

    @Test
    void moreFailedCheckpointsThanAreToleratedEndTheRun() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(a, graph("checkpoint.tolerable-failures", "0"));
        cluster.pass(1_000);
        TriggerCheckpoint trigger = trigger(cluster, a);
        SubtaskId task = newest(cluster, a).get(0);
        cluster.from(a, new CheckpointDeclined(job, 1, trigger.checkpoint(), task, FakeDisk.PROBLEM));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RESTARTING);
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("TOO_MANY_FAILED_CHECKPOINTS");
    }

    @Test
    void aFinishedJobLeavesNothingOnceItsEndIsInTheLog() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(a, graph());
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
        JobId job = test.run(a, graph(settings));
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

    @Test
    void anotherLeaderStartsTheJobAgainFromTheLatestCheckpointUnderANewRun() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(a, graph());
        cluster.pass(1_000);
        TriggerCheckpoint trigger = trigger(cluster, a);
        acknowledge(cluster, a, trigger);

        Cluster next = nextLeader();
        Session b = next.register(Cluster.address("b", 2), 2);
        assertThat(next.details(job).run()).isEqualTo(2);
        assertThat(restoreOf(next, b).checkpoint()).isEqualTo(trigger.checkpoint());
        assertThat(next.disk.entries(LogEntry.RunStarted.class)).hasSize(1);
        runNewest(next, b);
        next.pass(1_000);
        assertThat(trigger(next, b).checkpoint()).isGreaterThan(trigger.checkpoint());
    }

    @Test
    void aManifestThatCannotBeReadNowIsReadAgainAndTheJobSaysSo() {
        JobId job = runOneCheckpoint();
        Cluster next = new Cluster(settings(), cluster.disk.entries, disk -> {
            disk.manifests.putAll(cluster.disk.manifests);
            disk.unreadable = new ManifestUnreadable(job, checkpoints(), FakeDisk.PROBLEM, false);
        });
        Session b = next.register(Cluster.address("b", 2), 2);
        assertThat(next.status(job)).isEqualTo(JobStatus.RESTARTING);
        assertThat(next.details(job).restarts().waitsFor()).contains("STORAGE_FAILED");
        next.disk.unreadable = null;
        next.pass(1_000);
        assertThat(restoreOf(next, b).checkpoint()).isEqualTo(checkpoints());
    }

    @Test
    void aDamagedManifestFailsTheRecoveryByNameAndNothingIsDeleted() {
        JobId job = runOneCheckpoint();
        Problem damaged = new Problem("CHECKPOINT_DAMAGED", "bad", "/checkpoints/x/1/manifest, byte 3", "", "no");
        Cluster next = new Cluster(settings(), cluster.disk.entries, disk -> {
            disk.manifests.putAll(cluster.disk.manifests);
            disk.unreadable = new ManifestUnreadable(job, checkpoints(), damaged, true);
        });
        assertThat(next.status(job)).isEqualTo(JobStatus.FAILED);
        Problem problem = next.details(job).failures().get(0).problem();
        assertThat(problem.code()).isEqualTo("CHECKPOINT_NOT_RECOVERABLE");
        assertThat(problem.where()).contains("/checkpoints/x/1/manifest");
        next.pass(120_000);
        assertThat(next.disk.commands(SweepFiles.class)).isEmpty();
        assertThat(next.disk.manifests).hasSize(1);
        assertThat(next.disk.entries(LogEntry.Ended.class).get(0).kept()).containsExactly(checkpoints());
    }

    @Test
    void anotherLeaderCleansUpWhatTheLastCouldNot() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        run(a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        cluster.disk.holdStorage = true;
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.FINISHED));
        Cluster next = nextLeader();
        next.pass(61_000);
        assertThat(next.disk.entries(LogEntry.Cleaned.class)).hasSize(1);
        assertThat(next.disk.manifests).isEmpty();
        assertThat(next.cluster().liveJobs()).isZero();
    }

    private JobId runOneCheckpoint() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        return job;
    }

    private long checkpoints() {
        return cluster.disk.entries(LogEntry.Completed.class).get(0).pointer().checkpoint();
    }

    private Cluster nextLeader() {
        return new Cluster(settings(), cluster.disk.entries, disk -> disk.manifests.putAll(cluster.disk.manifests));
    }

    private static ControlSettings settings() {
        return new ControlSettings("test", "0.1.0", Cluster.EPOCH, Cluster.TIMING, Cluster.LIMITS);
    }

    private void passWithHeartbeats(Session session, long ms) {
        for (long passed = 0; passed < ms; passed += 500) {
            cluster.pass(500);
            cluster.heartbeat(session);
        }
    }
}
