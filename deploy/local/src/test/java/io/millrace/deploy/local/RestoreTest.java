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
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.checkpoint.storage.DirectoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.deploy.local.jobs.ScaledJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that go on from savepoints and kept checkpoints of others, at another parallelism. */
@Timeout(90)
final class RestoreTest {
    @TempDir
    private Path directory;

    @Test
    void outputIsUnchangedFromTwoToFourToOneToThree() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            String from = "";
            int[] parallelism = {2, 4, 1};
            for (int phase = 0; phase < parallelism.length; phase++) {
                JobClient job = submit(cluster, parallelism[phase], from);
                awaitSaid(ScaledJob.SAID.size() + 1_000);
                from = connection.savepoint(job.getJobID(), CheckpointKind.SAVEPOINT, directory.toString());
                assertThat(status(connection, job)).isEqualTo(JobStatus.RUNNING);
                cancel(connection, job);
            }
            submit(cluster, 3, from).getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
    }

    @Test
    void aStoppedJobHasEndedAndGoesOnFromItsSavepoint() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 2, "");
            awaitSaid(1_000);
            String savepoint =
                    connection.savepoint(job.getJobID(), CheckpointKind.SAVEPOINT_THEN_STOP, directory.toString());
            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            int said = ScaledJob.SAID.size();
            assertThat(said).isLessThan(ScaledJob.expected(COUNT).size());
            assertThat(ScaledJob.SAID).noneMatch(line -> line.equals("timer 0 " + COUNT));
            submit(cluster, 1, savepoint).getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
    }

    @Test
    void stateThatIsDamagedFailsTheJobByNameInsteadOfRestartingIt() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 1);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 1, "");
            awaitSaid(500);
            String savepoint = connection.savepoint(job.getJobID(), CheckpointKind.SAVEPOINT, directory.toString());
            cancel(connection, job);
            Path largest = largestFile(Path.of(savepoint));
            byte[] bytes = Files.readAllBytes(largest);
            bytes[bytes.length / 2] ^= 1;
            Files.write(largest, bytes);
            assertThatThrownBy(() -> submit(cluster, 1, savepoint)
                            .getJobExecutionResult()
                            .get(60, TimeUnit.SECONDS))
                    .hasStackTraceContaining("CHECKPOINT_DAMAGED");
        }
    }

    private static Path largestFile(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.list(savepoint)) {
            return files.filter(file -> !file.endsWith("manifest"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void aKeptCheckpointIsBegunWithTooAndTheFirstOneAfterItIsFullAndOfTheNewJobAlone() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 1, "");
            awaitSaid(1_000);
            awaitCheckpoint(connection, job.getJobID());
            cancel(connection, job);
            CheckpointSummary kept = awaitCheckpoint(connection, job.getJobID());

            JobClient next = submit(cluster, 2, kept.path());
            CheckpointSummary first = awaitCheckpoint(connection, next.getJobID());
            assertThat(first.checkpoint()).isGreaterThan(kept.checkpoint());
            assertThat(connection.details(next.getJobID()).origin().path()).isEqualTo(kept.path());
            next.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            CheckpointManifest still = manifest(kept.path());
            assertThat(still.job()).isEqualTo(job.getJobID());
            submit(cluster, 1, kept.path()).getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
    }

    @Test
    void savepointsGoFromOneStateBackendToTheOther() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            String from = "";
            String[] backends = {"heap", "rocksdb", "heap"};
            int[] parallelism = {2, 4, 1};
            for (int phase = 0; phase < backends.length; phase++) {
                JobClient job = submit(cluster, parallelism[phase], from, backends[phase]);
                awaitSaid(ScaledJob.SAID.size() + 1_000);
                from = connection.savepoint(job.getJobID(), CheckpointKind.SAVEPOINT, directory.toString());
                cancel(connection, job);
            }
            submit(cluster, 3, from, "rocksdb").getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
    }

    @Test
    void aKeptCheckpointOfRocksDbIsTakenUpByMoreAndByFewerSubtasks() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            String from = "";
            for (int parallelism : new int[] {1, 3}) {
                JobClient job = submit(cluster, parallelism, from, "rocksdb");
                awaitSaid(ScaledJob.SAID.size() + 1_000);
                awaitCheckpoint(connection, job.getJobID());
                cancel(connection, job);
                from = awaitCheckpoint(connection, job.getJobID()).path();
            }
            submit(cluster, 1, from, "rocksdb").getJobExecutionResult().get(60, TimeUnit.SECONDS);
        }
        assertThat(new TreeSet<>(ScaledJob.SAID)).isEqualTo(ScaledJob.expected(COUNT));
    }

    @Test
    void checkpointsOfTheNewJobNameFilesOfItsOwnOnly() throws Exception {
        ScaledJob.SAID.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            JobClient job = submit(cluster, 1, "");
            awaitSaid(500);
            String savepoint = connection.savepoint(job.getJobID(), CheckpointKind.SAVEPOINT, directory.toString());
            cancel(connection, job);
            JobClient next = submit(cluster, 1, savepoint);
            CheckpointSummary first = awaitCheckpoint(connection, next.getJobID());
            cancel(connection, next);
            CheckpointSummary kept = awaitCheckpoint(connection, next.getJobID());
            assertThat(kept.checkpoint()).isGreaterThanOrEqualTo(first.checkpoint());
            CheckpointManifest manifest = manifest(kept.path());
            assertThat(manifest.files()).isNotEmpty().allSatisfy(file -> assertThat(
                            Long.parseLong(file.name().substring(0, file.name().indexOf('/'))))
                    .isGreaterThan(manifest(savepoint).checkpoint()));
            assertThat(manifest.operators()).hasSameSizeAs(manifest(savepoint).operators());
        }
    }

    @Test
    void aPathThatIsNoneIsRefusedByNameBeforeTheJobIsThere() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 1);
                ClusterConnection connection = new ClusterConnection(cluster.address())) {
            String nothing = directory.resolve("none/7").toString();
            assertThatThrownBy(() -> submit(cluster, 1, nothing))
                    .hasMessageContaining("[CHECKPOINT_NOT_FOUND]")
                    .hasMessageContaining(nothing);
            assertThat(connection.jobs()).isEmpty();
        }
    }

    private static JobClient submit(EmbeddedCluster cluster, int parallelism, String from) {
        return submit(cluster, parallelism, from, "heap");
    }

    private static JobClient submit(EmbeddedCluster cluster, int parallelism, String from, String backend) {
        return ScaledRuns.submit(cluster, parallelism, from, Map.of("state.backend", backend));
    }

    private static CheckpointManifest manifest(String path) {
        Path place = Path.of(path).getParent();
        String number = Path.of(path).getFileName().toString();
        return ManifestFile.read(new DirectoryStorage(place, () -> "unused"), new ObjectName(number + "/manifest"));
    }
}
