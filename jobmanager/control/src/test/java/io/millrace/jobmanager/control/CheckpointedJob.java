package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.millrace.common.graph.gateway.ToTaskManager.Deploy;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A job of two subtasks with checkpoints, on TaskManagers that do what a test says. */
final class CheckpointedJob {
    static final Problem BOOM = new Problem("USER_ERROR", "boom", "Job.java:3", "", "fix it");

    private CheckpointedJob() {}

    static JobGraph graph(String... settings) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("checkpoint.interval", "1s");
        for (int i = 0; i < settings.length; i += 2) {
            configuration.put(settings[i], settings[i + 1]);
        }
        return TestGraphs.with(TestGraphs.line("job", 2), configuration);
    }

    static JobId run(Cluster cluster, Session on, JobGraph graph) {
        JobId job = cluster.submit(graph);
        runNewest(cluster, on);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        return job;
    }

    /** The newest two subtasks that were deployed on a session run. */
    static List<SubtaskId> runNewest(Cluster cluster, Session on) {
        List<SubtaskId> newest = newest(cluster, on);
        newest.forEach(subtask -> cluster.state(on, subtask, ExecutionState.INITIALIZING));
        newest.forEach(subtask -> cluster.state(on, subtask, ExecutionState.RUNNING));
        return newest;
    }

    static List<SubtaskId> newest(Cluster cluster, Session on) {
        List<SubtaskId> deployed = cluster.deployed(on);
        return deployed.subList(deployed.size() - 2, deployed.size());
    }

    static RestorePoint restoreOf(Cluster cluster, Session on) {
        List<Deploy> deploys = cluster.sent(on, Deploy.class);
        SubtaskDeployment last = deploys.get(deploys.size() - 1).deployment();
        assertThat(last.restore()).as("restore of %s", last.id()).isNotNull();
        return java.util.Objects.requireNonNull(last.restore());
    }

    static TriggerCheckpoint trigger(Cluster cluster, Session on) {
        List<TriggerCheckpoint> triggers = cluster.sent(on, TriggerCheckpoint.class);
        return triggers.get(triggers.size() - 1);
    }

    /** Both subtasks have a keyed part of their half of 128 groups, and a list part. */
    static void acknowledge(Cluster cluster, Session on, TriggerCheckpoint trigger) {
        SegmentFile file = new SegmentFile(
                CheckpointFileName.segment(trigger.checkpoint(), new Incarnation(1), 0), 1_000, trigger.checkpoint());
        List<SubtaskAcknowledgement> subtasks = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            List<StatePart> parts = List.of(
                    new StatePart(PartKind.KEYED_BASE, "s", 64 * index, 64 * index + 64, 0, 100L * index, 100, 1),
                    new StatePart(PartKind.OPERATOR_LIST, "l", 0, 0, 0, 500 + 100L * index, 100, 1));
            subtasks.add(new SubtaskAcknowledgement(
                    new SubtaskId(trigger.job(), trigger.run(), 0, index, trigger.run() - 1),
                    List.of(new OperatorParts(0, parts)),
                    SnapshotCost.NONE));
        }
        cluster.from(
                on,
                new CheckpointAcknowledged(
                        trigger.job(), trigger.run(), trigger.checkpoint(), List.of(file), List.of(), subtasks));
    }

    static void fail(Cluster cluster, Session on, SubtaskId culprit) {
        cluster.failed(on, new Failure(BOOM, "", culprit, "v0", "a", 5, ""));
    }

    static void fail(Cluster cluster, Session on) {
        List<SubtaskId> tasks = newest(cluster, on);
        fail(cluster, on, tasks.get(0));
        cluster.state(on, tasks.get(1), ExecutionState.CANCELED);
    }
}
