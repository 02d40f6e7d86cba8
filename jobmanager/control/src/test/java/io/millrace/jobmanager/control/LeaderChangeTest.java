package io.millrace.jobmanager.control;

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
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestUnreadable;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs of a leader that ended, as the next one finds them in the log. */
class LeaderChangeTest {
    private final Cluster cluster = new Cluster();

    @Test
    void anotherLeaderStartsTheJobAgainFromTheLatestCheckpointUnderANewRun() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
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
        run(cluster, a, graph());
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

    @Test
    void jobsThatHadEndedAreListedByTheNextLeaderWithWhatIsKeptOfThem() {
        JobId job = runOneCheckpoint();
        Session a = cluster.sent.keySet().iterator().next();
        cluster.cancel(job);
        newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        Cluster next = nextLeader();
        assertThat(next.status(job)).isEqualTo(JobStatus.CANCELED);
        assertThat(next.details(job).summary().name())
                .isEqualTo(cluster.details(job).summary().name());
        assertThat(next.details(job).summary().endedAtEpochMs()).isPositive();
        Cluster.Box<Outcome<List<CheckpointSummary>>> kept = new Cluster.Box<>();
        next.post(new Event.ListCheckpoints(job, kept::set));
        assertThat(kept.get().orThrow())
                .extracting(CheckpointSummary::path)
                .containsExactly("/checkpoints/" + job + "/" + checkpoints());
    }

    @Test
    void theNextLeaderStillSaysWhyAJobFailed() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph("restart.strategy", "none"));
        fail(cluster, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        Cluster next = nextLeader();
        Failure before = cluster.details(job).failures().get(0);
        assertThat(next.details(job).failures()).containsExactly(before.brief());
        assertThat(next.details(job).failures().get(0).problem()).isEqualTo(CheckpointedJob.BOOM);
        assertThat(before.brief().subtask()).isNotNull();
    }

    @Test
    void whatIsRememberedOfAFailureIsBounded() {
        String text = "x".repeat(1 << 20);
        Failure failure = Failure.ofJob(new Problem("CODE", text, text, text, text), 7);
        assertThat(failure.brief().problem().render()).hasSizeLessThan(5_000).startsWith("[CODE] xxx");
        assertThat(failure.brief().brief()).isEqualTo(failure.brief());
    }

    private JobId runOneCheckpoint() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph());
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
}
