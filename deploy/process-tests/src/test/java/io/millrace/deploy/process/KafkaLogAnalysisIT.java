package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.SharedBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.deploy.process.Millrace.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The log analysis from topic to topic, with the settings of the tutorial; killed, and with a broker that goes away.
 */
@ExtendWith({SharedLooseCluster.class, SharedBroker.class})
final class KafkaLogAnalysisIT {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long INTERVAL_MS = 1_000;
    private static final long PAUSE_MS = 500;
    private static final int LINES = 3_000;
    /** How long the broker is away; long enough for several checkpoints to want it. */
    private static final long AWAY_MS = Long.getLong("millrace.outage.ms", 4_000);

    private final LooseCluster cluster;
    private final KafkaBroker broker;

    KafkaLogAnalysisIT(LooseCluster cluster, KafkaBroker broker) {
        this.cluster = cluster;
        this.broker = broker;
    }

    private static List<String> tutorial(Path directory) {
        return List.of(
                "checkpoint.interval=" + INTERVAL_MS + "ms",
                "checkpoint.mode=exactly-once",
                "checkpoint.min-pause=" + PAUSE_MS + "ms",
                "checkpoint.max-concurrent=1",
                "checkpoint.retention=delete",
                "checkpoint.dir=" + directory.toUri());
    }

    private List<String> arguments(String input, String group, String output) {
        return List.of(
                "--source",
                "kafka:" + broker.bootstrapServers() + "/" + input,
                "--start",
                "earliest",
                "--group",
                group,
                "--output",
                "kafka:" + broker.bootstrapServers() + "/" + output);
    }

    /** Users that fail in bursts, come back after more than a day, and are late now and then. */
    private static String line(int i) {
        String[] actions = {"login_failed", "login_failed", "view", "login_failed", "login_success", "purchase"};
        long seconds = 1_700_000_000L + i / 750 * 90_000L + i * 5L - (i % 13 == 0 ? 40 : 0);
        return "{\"user_id\":\"user-" + i % 31 + "\",\"session_id\":\"s" + i % 7 + "\",\"action\":\"" + actions[i % 6]
                + "\",\"timestamp\":" + seconds + ",\"ip_address\":\"10.0.0.1\",\"user_agent\":\"test\"}";
    }

    private void write(String topic, int from, int to) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(line(i));
        }
        TopicContents.write(broker, topic, 0, lines);
    }

    private void topic(String name) throws Exception {
        // Timestamps are those of the events.
        broker.createTopic(name, 1, Map.of("retention.ms", "-1"));
    }

    @Test
    void linesAreExactWhateverDies() throws Exception {
        topic("user-logs");
        topic("calm-lines");
        topic("stormy-lines");
        Path own = cluster.directory().resolve("tutorial");
        String stormy = cluster.analyse(
                tutorial(own.resolve("stormy")), arguments("user-logs", "stormy-group", "stormy-lines"));
        String calm =
                cluster.analyse(tutorial(own.resolve("calm")), arguments("user-logs", "calm-group", "calm-lines"));
        write("user-logs", 0, LINES / 3);
        awaitOffset("stormy-group", LINES / 3);

        // What the group says is for people: the job goes on from what its snapshot says.
        write("user-logs", LINES / 3, LINES * 2 / 3);
        broker.admin()
                .alterConsumerGroupOffsets(
                        "stormy-group", Map.of(new TopicPartition("user-logs", 0), new OffsetAndMetadata(7)))
                .all()
                .get();
        killOneThatHosts(stormy);
        awaitOffset("stormy-group", LINES * 2 / 3);

        broker.kill();
        TimeUnit.MILLISECONDS.sleep(AWAY_MS);
        broker.startAgain();
        write("user-logs", LINES * 2 / 3, LINES);
        awaitOffset("stormy-group", LINES);
        awaitOffset("calm-group", LINES);

        List<String> expected = TopicContents.settled(broker, "calm-lines");
        assertThat(expected).hasSizeGreaterThan(100);
        Difference.assertSame(TopicContents.settled(broker, "stormy-lines"), expected, "log analysis");
        thereIsAPauseAfterEachCheckpoint(stormy);
        cancel(stormy);
        cancel(calm);
        assertThat(broker.openTransactions("log-analysis")).isEmpty();
        assertThat(SharedLooseCluster.filesBelow(own)).isEmpty();
    }

    private void killOneThatHosts(String job) throws IOException, InterruptedException {
        String victim = cluster.hostsOf(job).get(0);
        int from = cluster.jobManagerLog().count();
        cluster.kill(victim);
        cluster.jobManagerLog().await(from, "a restart", line -> line.contains("job=" + job + " event=restarting"));
        cluster.startTaskManager(victim);
    }

    /** A checkpoint that takes nearly as long as the interval leaves no time but the pause until the next. */
    private void thereIsAPauseAfterEachCheckpoint(String job) throws IOException, InterruptedException {
        String slow = cluster.hostsOf(job).get(0);
        int from = cluster.jobManagerLog().count();
        String triggered = cluster.jobManagerLog()
                .await(from, "a trigger", line -> line.contains("job=" + job + " ") && line.contains("=triggered "));
        long checkpoint = Long.parseLong(LogLines.field(triggered, "checkpoint"));
        // The next one finds it standing still, for most of a second.
        cluster.stopAndContinue(slow, 1_800);
        cluster.jobManagerLog()
                .await(
                        from,
                        "the one after the next",
                        line -> line.contains("job=" + job + " ")
                                && line.contains("=triggered ")
                                && Long.parseLong(LogLines.field(line, "checkpoint")) > checkpoint + 1);
        List<JsonNode> all = cluster.checkpointsOf(job);
        boolean paused = false;
        for (int i = 1; i < all.size(); i++) {
            JsonNode before = all.get(i - 1);
            long triggeredMs = before.get("triggeredAtEpochMs").longValue();
            long endMs = triggeredMs + before.get("durationMs").longValue();
            long nextMs = all.get(i).get("triggeredAtEpochMs").longValue();
            if (before.get("run").equals(all.get(i).get("run"))) {
                // Two clocks are read, each to the millisecond.
                assertThat(nextMs - endMs).isGreaterThanOrEqualTo(PAUSE_MS - 2);
                assertThat(nextMs - triggeredMs).isGreaterThanOrEqualTo(INTERVAL_MS - 2);
                paused |= endMs - triggeredMs > INTERVAL_MS - PAUSE_MS && nextMs - endMs < INTERVAL_MS;
            }
        }
        assertThat(paused)
                .as("nothing but the pause held up a trigger: %s", all)
                .isTrue();
    }

    private void cancel(String job) throws IOException, InterruptedException {
        Said said = cluster.call("cancel", job);
        assertThat(said.exitCode()).as(said.err()).isZero();
        cluster.awaitStatus(job, "CANCELED");
    }

    /** Waits until a completed checkpoint has told the group how far the job has read. */
    private void awaitOffset(String group, long offset) throws Exception {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        long committed = -1;
        while (committed != offset) {
            assertThat(System.nanoTime())
                    .as("%s is at %d, not at %d", group, committed, offset)
                    .isLessThan(deadline);
            LogLines.pause();
            OffsetAndMetadata found = broker.admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition("user-logs", 0));
            committed = found == null ? -1 : found.offset();
        }
    }

    @Test
    void aTransactionTimeOutBelowTheCheckpointTimeOutIsRefusedAtSubmit() throws Exception {
        Said said = cluster.call(
                "run",
                LooseCluster.words(
                                cluster.logAnalysisJar(),
                                List.of("checkpoint.timeout=2h"),
                                arguments("user-logs", "nobody", "nowhere"))
                        .toArray(String[]::new));
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.err()).contains("TXN_TIMEOUT_TOO_SHORT").contains("checkpoint.timeout");
    }

    @Test
    void aTopicThatIsMissingIsNamed() throws Exception {
        Said said = cluster.call(
                "run",
                LooseCluster.words(
                                cluster.logAnalysisJar(),
                                List.of("restart.strategy=none"),
                                arguments("no-such-topic", "nobody", "nowhere"))
                        .toArray(String[]::new));
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.err()).contains("KAFKA_TOPIC_MISSING").contains("no-such-topic");
    }
}
