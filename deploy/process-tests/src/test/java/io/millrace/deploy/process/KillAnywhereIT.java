package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.SharedBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.deploy.process.jobs.SequenceJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes are killed in every phase of a job's life; what is committed is what an undisturbed run commits. */
@ExtendWith({SharedLooseCluster.class, SharedBroker.class})
class KillAnywhereIT {
    /** How often each phase is struck. */
    private static final int ROUNDS = Integer.getInteger("millrace.kills", 1);
    /** More than pass at the job's slow pace while all phases are struck. */
    private static final int NUMBERS = 160_000 * ROUNDS;

    private static final List<String> SETTINGS = List.of(
            "checkpoint.interval=200ms",
            "checkpoint.min-pause=100ms",
            "restart.strategy=fixed-delay",
            "restart.fixed-delay.attempts=1000000",
            "restart.fixed-delay.delay=50ms");

    private final LooseCluster cluster;
    private final KafkaBroker broker;

    KillAnywhereIT(LooseCluster cluster, KafkaBroker broker) {
        this.cluster = cluster;
        this.broker = broker;
    }

    /** What a phase is struck by. */
    @FunctionalInterface
    private interface Strike {
        void in(KillPhases phases) throws IOException, InterruptedException;
    }

    private static final Map<String, Strike> STRIKES = Map.of(
            "running", KillPhases::running,
            "alignment", KillPhases::alignment,
            "upload", KillPhases::upload,
            "acknowledged", KillPhases::acknowledged,
            "committing", KillPhases::committing,
            "restoring", KillPhases::restoring,
            "jobManager", KillPhases::jobManager,
            "jobManagerDuringCheckpoint", KillPhases::jobManagerDuringCheckpoint,
            "both", KillPhases::both);

    @Test
    void committedOutputIsThatOfAnUndisturbedRun() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("-Dmillrace.seed=" + seed + " -Dmillrace.state.backend=" + backend(seed));
        Random random = new Random(seed);
        Path jar = cluster.pack(SequenceJob.class);

        Gates gates = gatesOf("storm");
        String storm = submit(jar, "storm", seed);
        KillPhases phases = new KillPhases(cluster, storm, gates, random);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> names = new ArrayList<>(STRIKES.keySet());
            Collections.sort(names);
            Collections.shuffle(names, random);
            for (String name : names) {
                long before = System.nanoTime();
                STRIKES.get(name).in(phases);
                System.out.printf("%s: %d ms%n", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
            }
        }
        phases.awaitRunning();
        gates.go();
        List<String> disturbed = linesOf(storm, "storm");

        gatesOf("calm").go();
        List<String> undisturbed = linesOf(submit(jar, "calm", seed), "calm");
        assertThat(undisturbed).isNotEmpty().noneMatch(line -> line.startsWith("gap"));
        for (String kind : List.of("count", "late", "late for its window", "window")) {
            assertThat(undisturbed).anyMatch(line -> line.startsWith(kind + " "));
        }
        Difference.assertSame(disturbed, undisturbed, "seed " + seed);
        assertThat(broker.openTransactions("storm")).isEmpty();
    }

    private Gates gatesOf(String name) throws IOException {
        return new Gates(cluster.directory().resolve(name + "-control"));
    }

    /** Each seed has one; the disturbed and the calm run have the same. */
    private static String backend(long seed) {
        return System.getProperty("millrace.state.backend", (seed & 1) == 0 ? "heap" : "rocksdb");
    }

    /** @return the job's id */
    private String submit(Path jar, String name, long seed) throws Exception {
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.add("state.backend=" + backend(seed));
        // The records' timestamps are their event times, and those are of 1970.
        broker.createTopic(name, 3, Map.of("retention.ms", "-1"));
        return cluster.submit(
                jar,
                SequenceJob.class,
                settings,
                List.of(
                        cluster.directory().resolve(name).toString(),
                        Integer.toString(NUMBERS),
                        Long.toString(seed),
                        gatesOf(name).directory().toString(),
                        broker.bootstrapServers(),
                        name));
    }

    /** @return what is visible when the job is over */
    private List<String> linesOf(String job, String name) throws Exception {
        cluster.awaitStatus(job, "FINISHED");
        List<String> lines = new ArrayList<>(TopicContents.settled(broker, name));
        for (Path file : SharedLooseCluster.filesBelow(cluster.directory().resolve(name))) {
            assertThat(file.getFileName().toString())
                    .as("a file that was never committed")
                    .doesNotStartWith(".");
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
