package io.millrace.deploy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;

/** The log-analysis job over one JobManager and two TaskManagers in containers, one of which is killed. */
@NeedsContainers
final class ContainerFailoverIT {
    private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(60);
    /** A closed connection is noticed at once; this leaves room for a slow machine and for the client's own start. */
    private static final Duration FAILURE_LIMIT = Duration.ofSeconds(15);

    @AfterAll
    static void removeImage() {
        ClusterImage.remove();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aKilledTaskManagerCostsAJobARestartFromItsLatestCheckpoint() {
        try (ContainerCluster cluster =
                ContainerCluster.start(ClusterImage.build(ContainersCondition.baseImage()), 2)) {
            String job = submit(cluster, "survivor");
            assertThat(taskManagersOf(cluster, job)).containsExactly("tm-1", "tm-2");
            awaitAlerts(cluster, job);
            awaitCompletedCheckpoint(cluster, job, 0);

            cluster.killTaskManager(2);
            JsonNode waiting = awaitStatus(cluster, job, FAILURE_LIMIT, "WAITING_FOR_SLOTS");
            assertThat(waiting.path("slotsNeeded").asInt()).isEqualTo(2);
            assertThat(waiting.path("slotsAvailable").asInt()).isEqualTo(1);
            JsonNode cause = waiting.path("failures").path(0);
            assertThat(cause.path("code").asText()).as(cause.toPrettyString()).isEqualTo("TASK_MANAGER_LOST");
            assertThat(cause.path("what").asText()).contains("tm-2");
            assertThat(cause.path("nextStep").asText()).isNotBlank();
            long before = newestCompleted(cluster, job);

            cluster.restartTaskManager(2);
            JsonNode running = awaitStatus(cluster, job, PROGRESS_LIMIT, "RUNNING");
            assertThat(running.path("restarts").asInt()).isEqualTo(1);
            assertThat(taskManagersOf(cluster, job)).containsExactly("tm-1", "tm-2");
            awaitCompletedCheckpoint(cluster, job, before);
            assertThat(cluster.log()).contains("event=run-prepared run=2 checkpoint=" + before);

            ExecResult cancelled = cluster.millrace("cancel", job);
            assertThat(cancelled.getExitCode()).as(cancelled.toString()).isZero();
            cluster.awaitTaskManagers(2);
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aJobThatIsNotToStartAgainFailsWithTheReasonAndTheClusterGoesOn() {
        try (ContainerCluster cluster =
                ContainerCluster.start(ClusterImage.build(ContainersCondition.baseImage()), 2)) {
            String job = submit(cluster, "first", "-D", "restart.strategy=none");

            cluster.killTaskManager(2);

            JsonNode failed = awaitStatus(cluster, job, FAILURE_LIMIT, "FAILED");
            JsonNode cause = failed.path("failures").path(0);
            assertThat(cause.path("code").asText()).as(cause.toPrettyString()).isEqualTo("TASK_MANAGER_LOST");
            assertThat(cause.path("taskManager").asText()).isEqualTo("tm-2");
            cluster.awaitTaskManagers(1);

            cluster.restartTaskManager(2);
            cluster.awaitTaskManagers(2);
            String second = submit(cluster, "second");
            assertThat(taskManagersOf(cluster, second)).containsExactly("tm-1", "tm-2");
            awaitAlerts(cluster, second);
        }
    }

    /** Two days of event time go by in about 20 s, so that every kind of alert appears soon. */
    private static String submit(ContainerCluster cluster, String name, String... settings) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-p", "2", "--name", name));
        command.addAll(List.of(settings));
        command.addAll(
                List.of("examples/log-analysis.jar", "--source", "generator", "--rate", "2000", "--speedup", "8640"));
        ExecResult submitted = cluster.millrace(command.toArray(String[]::new));
        assertThat(submitted.getExitCode()).as(submitted.toString()).isZero();
        String job = submitted.getStdout().strip();
        awaitStatus(cluster, job, PROGRESS_LIMIT, "RUNNING");
        return job;
    }

    private static void awaitCompletedCheckpoint(ContainerCluster cluster, String job, long after) {
        Deadline.await(
                PROGRESS_LIMIT,
                "a checkpoint of job " + job + " after " + after,
                () -> newestCompleted(cluster, job),
                newest -> newest > after);
    }

    /** 0 if there is none. */
    private static long newestCompleted(ContainerCluster cluster, String job) {
        long newest = 0;
        for (JsonNode checkpoint : cluster.json("checkpoints", job, "--json")) {
            if (checkpoint.path("status").asText().equals("COMPLETED")) {
                newest = Math.max(newest, checkpoint.path("checkpoint").asLong());
            }
        }
        return newest;
    }

    private static JsonNode awaitStatus(ContainerCluster cluster, String job, Duration limit, String status) {
        return Deadline.await(
                limit,
                "job " + job + " is " + status,
                () -> cluster.json("status", job, "--json"),
                details -> details.path("status").asText().equals(status));
    }

    private static Set<String> taskManagersOf(ContainerCluster cluster, String job) {
        Set<String> names = new TreeSet<>();
        for (JsonNode vertex : cluster.json("status", job, "--json").path("vertices")) {
            for (JsonNode subtask : vertex.path("subtasks")) {
                names.add(subtask.path("taskManager").asText());
            }
        }
        return names;
    }

    private static void awaitAlerts(ContainerCluster cluster, String job) {
        Deadline.await(
                PROGRESS_LIMIT,
                "alerts of job " + job,
                () -> cluster.millrace("logs", job).getStdout(),
                printed -> printed.contains("\"type\":\"security_alert\"") && printed.contains("Security Alerts:"));
    }
}
