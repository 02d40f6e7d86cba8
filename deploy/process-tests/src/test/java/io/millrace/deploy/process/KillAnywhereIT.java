package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.connectors.files.FileSink;
import io.millrace.deploy.process.jobs.SequenceJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes are killed at moments that nothing prepares for; what is committed is what an undisturbed run commits. */
class KillAnywhereIT {
    private static final int RATE = 5_000;
    private static final long LONGEST_MS = 120_000;
    private static final int KILLS = Integer.getInteger("millrace.kills", 4);
    /** Two seconds' worth for each kill, so that most find the job at work. */
    private static final int NUMBERS = 2 * RATE * KILLS;

    private static final List<String> SETTINGS =
            List.of("checkpoint.interval=200ms", "restart.exponential-delay.initial-delay=100ms");

    private final LooseCluster cluster;

    KillAnywhereIT() throws IOException {
        cluster = new LooseCluster();
    }

    @AfterEach
    void endCluster() throws IOException, InterruptedException {
        cluster.end();
    }

    @Test
    void committedOutputIsThatOfAnUndisturbedRun() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            cluster.startTaskManager("tm-" + i);
        }
        Path jar = JobJar.pack(cluster.directory().resolve("jobs.jar"), SequenceJob.class, FileSink.class);
        List<String> undisturbed = run(jar, "calm", job -> {});
        assertThat(undisturbed).isNotEmpty().noneMatch(line -> line.startsWith("gap"));
        assertThat(undisturbed).anyMatch(line -> line.startsWith("late"));

        List<String> disturbed = run(jar, "storm", job -> {
            for (int kill = 0; kill < KILLS && await(job, "RUNNING"::equals).equals("RUNNING"); kill++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                if (random.nextInt(4) == 0) {
                    cluster.killJobManager();
                } else {
                    List<String> all = cluster.taskManagers();
                    cluster.killTaskManager(all.get(random.nextInt(all.size())));
                }
            }
        });
        assertThat(disturbed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(undisturbed);
        assertThat(filesBelow(cluster.checkpoints())).isEmpty();
    }

    /** What happens to a job while it runs. */
    @FunctionalInterface
    private interface Disturbance {
        void strike(String job) throws IOException, InterruptedException;
    }

    /** @return the lines that are visible when the job is over */
    private List<String> run(Path jar, String name, Disturbance disturbance) throws IOException, InterruptedException {
        Path output = cluster.directory().resolve(name);
        String job = cluster.submit(
                jar,
                SequenceJob.class,
                SETTINGS,
                List.of(output.toString(), Integer.toString(NUMBERS), Integer.toString(RATE)));
        disturbance.strike(job);
        await(job, status -> status.equals("FINISHED") || status.equals("FAILED"));
        assertThat(cluster.statusOf(job)).as(() -> textOf(job)).isEqualTo("FINISHED");
        List<String> lines = new ArrayList<>();
        for (Path file : filesBelow(output)) {
            assertThat(file.getFileName().toString())
                    .as("a file that was never committed")
                    .doesNotStartWith(".");
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private String textOf(String job) {
        try {
            return cluster.call("status", job).out();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** @return what the job is: what was wanted, or over */
    private String await(String job, Predicate<String> wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MS);
        String status = cluster.statusOf(job);
        while (!wanted.test(status) && !status.equals("FINISHED") && !status.equals("FAILED")) {
            assertThat(System.nanoTime())
                    .as("%s is %s for too long", job, status)
                    .isLessThan(deadline);
            status = cluster.statusOf(job);
        }
        return status;
    }
}
