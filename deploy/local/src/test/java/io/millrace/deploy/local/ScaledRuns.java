package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.deploy.local.jobs.ScaledJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of {@link ScaledJob} with checkpoints every 200 ms, and what tests wait for. */
final class ScaledRuns {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final int COUNT = 8_000;
    private static final int PER_SECOND = 2_500;

    private ScaledRuns() {}

    /** @param from a checkpoint or savepoint; empty for the beginning */
    static JobClient submit(EmbeddedCluster cluster, int parallelism, String from, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("checkpoint.interval", "200ms");
        settings.put("job.from", from);
        try (ExecutionContext.Scope scope = new ExecutionContext(
                        cluster.executor(new ConsoleObserver()), parallelism, null, settings, true)
                .install()) {
            assertThat(scope).isNotNull();
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            ScaledJob.build(env, COUNT, PER_SECOND);
            return env.executeAsync("scaled");
        }
    }

    static void awaitSaid(int size) {
        Eventually.await(
                LIMIT, size + " lines", () -> ScaledJob.SAID.size() >= size, () -> ScaledJob.SAID.size() + " lines");
    }

    static JobStatus status(ClusterConnection connection, JobClient job) {
        return connection.details(job.getJobID()).summary().status();
    }

    static void cancel(ClusterConnection connection, JobClient job) {
        connection.cancel(job.getJobID());
        Eventually.await(
                LIMIT,
                "the job is cancelled",
                () -> status(connection, job) == JobStatus.CANCELED,
                () -> status(connection, job));
    }

    /** The newest checkpoint that is kept now. */
    static CheckpointSummary awaitCheckpoint(ClusterConnection connection, JobId job) {
        Eventually.await(
                LIMIT,
                "a checkpoint is kept",
                () -> !kept(connection, job).isEmpty(),
                () -> connection.checkpoints(job));
        return kept(connection, job).get(0);
    }

    private static List<CheckpointSummary> kept(ClusterConnection connection, JobId job) {
        return connection.checkpoints(job).stream()
                .filter(checkpoint ->
                        !checkpoint.path().isEmpty() && !checkpoint.kind().isSavepoint())
                .toList();
    }
}
