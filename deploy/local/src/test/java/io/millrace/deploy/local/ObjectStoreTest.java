package io.millrace.deploy.local;

import static io.millrace.deploy.local.ScaledRuns.COUNT;
import static io.millrace.deploy.local.ScaledRuns.awaitCheckpoint;
import static io.millrace.deploy.local.ScaledRuns.awaitSaid;
import static io.millrace.deploy.local.ScaledRuns.cancel;
import static io.millrace.deploy.local.ScaledRuns.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.execution.JobClient;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.checkpoint.s3.S3Server;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.deploy.local.jobs.ScaledJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and savepoints in an object store. */
@Timeout(90)
final class ObjectStoreTest {
    private static final String PLACE = "s3://" + S3Server.BUCKET + "/jobs";

    @TempDir
    private Path directory;

    private S3Server server;

    @BeforeEach
    void startServer() throws Exception {
        server = new S3Server(directory);
        ScaledJob.SAID.clear();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private EmbeddedCluster cluster(Path keys) {
        return EmbeddedCluster.start(
                2, 2, Map.of("s3.endpoint", server.endpoint(), "s3.credentials-file", keys.toString()));
    }

    @Test
    void aJobGoesOnFromThereAfterALossFromAKeptCheckpointAndFromASavepoint() throws Exception {
        try (EmbeddedCluster cluster = cluster(server.keyFile());
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient first = submit(cluster, 2, "", PLACE);
            awaitCheckpoint(connection, first.getJobID());
            awaitSaid(500);
            cluster.taskManagers().get(0).close();
            int before = ScaledJob.SAID.size();
            awaitSaid(before + 500);
            assertThat(connection.details(first.getJobID()).failures()).isNotEmpty();
            cancel(connection, first);
            String kept = awaitCheckpoint(connection, first.getJobID()).path();
            assertThat(kept).startsWith(PLACE + "/");

            JobClient second = submit(cluster, 1, kept, PLACE);
            awaitSaid(ScaledJob.SAID.size() + 500);
            String savepoint = connection.savepoint(
                    second.getJobID(), CheckpointKind.SAVEPOINT, "s3://" + S3Server.BUCKET + "/saved");
            cancel(connection, second);
            assertThat(savepoint).startsWith("s3://" + S3Server.BUCKET + "/saved/");
            submit(cluster, 2, savepoint, PLACE).getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
        assertThat(objects()).noneMatch(name -> name.startsWith(".put"));
    }

    @Test
    void aBucketThatIsNotThereIsToldByEachCheckpointUntilItIs() throws Exception {
        try (EmbeddedCluster cluster = cluster(server.keyFile());
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 1, "", "s3://later/jobs");
            assertThat(awaitFailed(connection, job)).isEqualTo("STORAGE_MISSING");
            Files.createDirectory(server.bucket("later"));
            awaitCheckpoint(connection, job.getJobID());
            assertThat(status(connection, job)).isEqualTo(JobStatus.RUNNING);
            cancel(connection, job);
        }
    }

    @Test
    void wrongKeysAreTold() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), S3Server.keys("not-the-secret"));
        try (EmbeddedCluster cluster = cluster(wrong);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 1, "", PLACE);
            assertThat(awaitFailed(connection, job)).isEqualTo("STORAGE_DENIED");
            cancel(connection, job);
            assertThatThrownBy(() -> submit(cluster, 1, PLACE + "/job/5", PLACE))
                    .hasMessageContaining("[STORAGE_DENIED]");
        }
    }

    @Test
    void aSettingThatNoStoreCouldHaveIsRefusedAtTheStart() {
        assertThatThrownBy(() -> EmbeddedCluster.start(1, 1, Map.of("s3.endpoint", "localhost:9000")))
                .hasMessageContaining("[S3_SETTING_INVALID]")
                .hasMessageContaining("http://HOST:PORT");
    }

    private static JobClient submit(EmbeddedCluster cluster, int parallelism, String from, String place) {
        return ScaledRuns.submit(cluster, parallelism, from, Map.of("checkpoint.dir", place));
    }

    private List<String> objects() throws IOException {
        try (Stream<Path> files = Files.walk(server.bucket(S3Server.BUCKET))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** @return the code of why a checkpoint failed */
    private static String awaitFailed(ClusterConnection connection, JobClient job) {
        Eventually.await(
                ScaledRuns.LIMIT,
                "a checkpoint fails",
                () -> !failed(connection, job).isEmpty(),
                () -> connection.checkpoints(job.getJobID()));
        return failed(connection, job).get(0).cause().code();
    }

    private static List<CheckpointSummary> failed(ClusterConnection connection, JobClient job) {
        return connection.checkpoints(job.getJobID()).stream()
                .filter(checkpoint -> checkpoint.status() == CheckpointStatus.FAILED)
                .toList();
    }
}
