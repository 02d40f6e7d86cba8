package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.deploy.process.Millrace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A place of checkpoints that is in trouble harms no job: its checkpoints fail with the cause, until it is well again.
 */
@ExtendWith(SharedLooseCluster.class)
final class StorageOutageIT {
    /** How long a storage is away at least. */
    private static final long AWAY_MS = Long.getLong("millrace.outage.ms", 2_000);

    private final LooseCluster cluster;

    @TempDir
    Path directory;

    StorageOutageIT(LooseCluster cluster) {
        this.cluster = cluster;
    }

    private String submit(Path place) throws IOException, InterruptedException {
        return cluster.analyse(
                List.of("checkpoint.interval=200ms", "checkpoint.retention=delete", "checkpoint.dir=" + place.toUri()),
                List.of("--source", "generator", "--rate", "200", "--output", "file:" + directory.resolve("output")));
    }

    @Test
    void aFileInTheWayOfTheDirectoryIsToldUntilItIsGone() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("in-the-way"), "no directory");
        String job = submit(inTheWay.resolve("checkpoints"));
        JsonNode failed = awaitFailed(job);
        assertThat(failed.get("cause").toString()).contains("in-the-way");
        assertThat(failed.get("subtask").textValue()).isNotEmpty();
        assertThat(cluster.statusOf(job)).isEqualTo("RUNNING");
        assertThat(cluster.call("checkpoints", job).out()).contains("in-the-way");
        Files.delete(inTheWay);
        awaitCompleted(job);
        conclude(job);
    }

    @Test
    void aPlaceThatGoesAwayWhileTheJobRunsIsWaitedFor() throws Exception {
        Path place = Files.createDirectory(directory.resolve("volume"));
        String job = submit(place.resolve("checkpoints"));
        awaitCompleted(job);
        // As a volume that is unmounted: there is a place of this name, and nothing can be made there.
        Path away = directory.resolve("unmounted");
        Files.move(place, away);
        Files.writeString(place, "nothing is mounted here");
        JsonNode failed = awaitFailed(job);
        assertThat(failed.get("cause").get("code").textValue()).startsWith("STORAGE_");
        TimeUnit.MILLISECONDS.sleep(AWAY_MS);
        assertThat(cluster.statusOf(job)).isEqualTo("RUNNING");
        Files.delete(place);
        Files.move(away, place);
        awaitCompleted(job);
        conclude(job);
    }

    @Test
    void aFullPlaceIsToldUntilThereIsRoom() throws Exception {
        try (Mounted mounted = Mounted.small(Files.createDirectory(directory.resolve("full")))) {
            Path filler = mounted.fill();
            String job = submit(mounted.directory().resolve("checkpoints"));
            JsonNode failed = awaitFailed(job);
            assertThat(failed.get("cause").get("code").textValue()).isEqualTo("STORAGE_FULL");
            assertThat(cluster.statusOf(job)).isEqualTo("RUNNING");
            Files.delete(filler);
            awaitCompleted(job);
            conclude(job);
        }
    }

    @Test
    void aReadOnlyPlaceIsToldUntilItMayBeWritten() throws Exception {
        try (Mounted mounted = Mounted.small(Files.createDirectory(directory.resolve("read-only")))) {
            mounted.remount("ro");
            String job = submit(mounted.directory().resolve("checkpoints"));
            JsonNode failed = awaitFailed(job);
            assertThat(failed.get("cause").get("code").textValue()).isEqualTo("STORAGE_READ_ONLY");
            assertThat(cluster.statusOf(job)).isEqualTo("RUNNING");
            mounted.remount("rw");
            awaitCompleted(job);
            conclude(job);
        }
    }

    /** The next checkpoint that fails. @return what is told of it */
    private JsonNode awaitFailed(String job) throws IOException, InterruptedException {
        String givenUp = awaitNext(job, "given-up");
        JsonNode told = cluster.checkpointsOf(job).stream()
                .filter(each -> each.get("checkpoint").asText().equals(LogLines.field(givenUp, "checkpoint")))
                .findAny()
                .orElseThrow();
        assertThat(told.get("status").textValue()).isEqualTo("FAILED");
        assertThat(told.get("cause").get("code").textValue()).isEqualTo(LogLines.field(givenUp, "code"));
        assertThat(told.get("cause").get("nextStep").textValue()).isNotEmpty();
        return told;
    }

    private void awaitCompleted(String job) throws IOException {
        awaitNext(job, "completed");
    }

    private String awaitNext(String job, String event) throws IOException {
        LogLines log = cluster.jobManagerLog();
        return log.await(
                log.count(),
                "that a checkpoint is " + event,
                line -> line.contains("job=" + job + " ") && line.contains(" event=" + event + " "));
    }

    /** The job was never harmed, and leaves nothing. */
    private void conclude(String job) throws IOException, InterruptedException {
        assertThat(cluster.statusOf(job)).isEqualTo("RUNNING");
        assertThat(cluster.jobManagerLog().all(line -> line.contains("job=" + job + " event=restarting")))
                .isEmpty();
        Said said = cluster.call("cancel", job);
        assertThat(said.exitCode()).as(said.err()).isZero();
        cluster.awaitStatus(job, "CANCELED");
    }

    /** A file system in memory, for those who may mount one. */
    private record Mounted(Path directory) implements AutoCloseable {
        private static final int BYTES = 16 << 20;

        static Mounted small(Path directory) throws IOException, InterruptedException {
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", directory.toString());
            Assumptions.assumeTrue(mounted, "Only who may mount can have a file system that is full or read-only");
            return new Mounted(directory);
        }

        /** @return a file that takes all the room */
        Path fill() throws IOException {
            return Files.write(directory.resolve("filler"), new byte[BYTES]);
        }

        void remount(String option) throws IOException, InterruptedException {
            assertThat(run("mount", "-o", "remount," + option, directory.toString()))
                    .isTrue();
        }

        @Override
        public void close() throws IOException {
            try {
                assertThat(run("umount", "-l", directory.toString())).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError("Still mounted: " + directory, e);
            }
        }

        private static boolean run(String... command) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        }
    }
}
