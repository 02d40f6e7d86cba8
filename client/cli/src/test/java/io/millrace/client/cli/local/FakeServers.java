package io.millrace.client.cli.local;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.ProcessArguments;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.common.graph.status.PrintedLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stands for both servers in processes of its own: TaskManagers register by a file in the data directory, the
 * JobManager runs every job until it is cancelled. Ends when it is told to.
 */
public final class FakeServers {

    private FakeServers() {}

    public static void main(String[] words) throws IOException {
        Configuration configuration = ProcessArguments.parse(Arrays.copyOfRange(words, 1, words.length), null);
        Path registered = Path.of(configuration.get(ClusterOptions.DATA_DIR)).resolve("registered");
        Files.createDirectories(registered);
        if (words[0].equals("taskmanager")) {
            Files.createFile(registered.resolve(configuration.get(TaskManagerOptions.ID)));
            awaitSignal();
        } else {
            FakeJobManager jobManager = new FakeJobManager(configuration.get(ClusterOptions.JOBMANAGER_PORT));
            jobManager.answersStatus(() -> status(configuration.get(ClusterOptions.CLUSTER_ID), registered));
            jobManager.passes(JobStatus.RUNNING);
            jobManager.prints(new PrintedLines(1, "Alerts", 0, false, alerts(), 0));
            awaitSignal();
        }
    }

    private static List<String> alerts() {
        return List.of(
                "Security Alerts> {\"type\":\"security_alert\",\"user_id\":\"a\"}",
                "Security Alerts> {\"type\":\"anomaly_alert\",\"user_id\":\"b\"}",
                "User Metrics:2> {\"type\":\"user_metrics\",\"user_id\":\"a\"}",
                "User Metrics:2> {\"type\":\"user_metrics\",\"user_id\":\"b\"}",
                "Rejected> {\"type\":\"rejected\"}",
                "Hello");
    }

    private static ClusterStatus status(String clusterId, Path registered) {
        try (Stream<Path> files = Files.list(registered)) {
            List<TaskManagerDetails> taskManagers = files.sorted()
                    .map(file -> details(file.getFileName().toString()))
                    .toList();
            return new ClusterStatus(new Epoch(1), clusterId, "0.1.0", 1, taskManagers, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskManagerDetails details(String name) {
        PeerAddress address = new PeerAddress(new TaskManagerId(name), new Incarnation(1), "127.0.0.1", 40_001);
        return new TaskManagerDetails(address, 2, 2, "0.1.0", 1, 1, true);
    }

    private static void awaitSignal() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
