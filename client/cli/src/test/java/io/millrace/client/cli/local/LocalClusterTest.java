package io.millrace.client.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.client.cli.outcome.Interruption.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, with stand-ins for the servers. After each test none is left. */
class LocalClusterTest {
    @TempDir
    private Path home;

    @AfterEach
    void nothingRuns() throws InterruptedException {
        assertThat(LocalCluster.stopAll(directory())).isZero();
    }

    @Test
    void clusterStartsIsFoundAndStops() throws IOException {
        new FakeDistribution(home).withServers();
        String[] port = {"-D", "jobmanager.port=0"};

        Result start = cluster("start", port);
        List<ServerProcess> started = directory().processes();
        Result again = cluster("start", port);
        Result status = cluster("status", port);
        Result stop = cluster("stop", port);
        Result stopAgain = cluster("stop", port);

        assertThat(start.out())
                .matches("Cluster ready after .*: JobManager 127\\.0\\.0\\.1:\\d+, 2 TaskManagers"
                        + " \\(data ports 40001, 40001\\), 4 slots\n");
        assertThat(start.code()).isZero();
        assertThat(started)
                .extracting(ServerProcess::name)
                .containsExactly("jobmanager", "taskmanager-1", "taskmanager-2");
        assertThat(again.problem()).isEqualTo("CLUSTER_ALREADY_RUNNING");
        assertThat(again.err()).contains("jobmanager (pid " + started.get(0).pid() + ")");
        assertThat(again.code()).isEqualTo(4);
        assertThat(status.out()).contains("taskmanager-1", "taskmanager-2", "4 of 4 free");
        assertThat(stop.out()).isEqualTo("Stopped 3 processes\n");
        assertThat(stop.code()).isZero();
        assertThat(started).noneMatch(ServerProcess::isAlive);
        assertThat(stopAgain.problem()).isEqualTo("NO_LOCAL_CLUSTER");
        assertThat(stopAgain.code()).isEqualTo(4);
        assertThat(filesLeft()).containsExactly("jobmanager.log", "taskmanager-1.log", "taskmanager-2.log");
    }

    @Test
    void takenPortIsToldBeforeAnythingStarts() throws IOException {
        new FakeDistribution(home).withLauncher("touch \"$0.started\"; sleep 60");
        try (FakeJobManager other = new FakeJobManager()) {
            String port = other.address().substring(other.address().indexOf(':') + 1);

            Result result = cluster("start", "-D", "jobmanager.port=" + port);

            assertThat(result.problem()).isEqualTo("PORT_IN_USE");
            assertThat(result.err()).contains("Port " + port, "-D jobmanager.port=PORT");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(home.resolve("bin/millrace.started")).doesNotExist();
    }

    @Test
    void reasonOfAServerThatEndsComesFromItsLog() throws IOException {
        new FakeDistribution(home).withLauncher("""
                if [ "$1" = taskmanager ]; then exec sleep 60; fi
                echo 'starting'
                echo '[PORT_IN_USE] Port 7172 of 127.0.0.1 is taken'
                echo '  why:   Address already in use'
                echo '  do:    Stop the process that holds it'
                exit 2
                """);

        Result result = cluster("start", "-D", "jobmanager.port=0");

        assertThat(result.err()).isEqualTo("""
                [PORT_IN_USE] Port 7172 of 127.0.0.1 is taken
                  where: jobmanager, log %s
                  why:   Address already in use
                  do:    Stop the process that holds it
                """.formatted(directory().log("jobmanager")));
        assertThat(result.code()).isEqualTo(2);
        assertThat(directory().processes()).isEmpty();
    }

    @Test
    void serverThatEndsWithoutAReasonShowsTheEndOfItsLog() throws IOException {
        new FakeDistribution(home).withLauncher("echo 'Error: Could not find or load main class'; exit 1");

        Result result = cluster("start", "-D", "jobmanager.port=0");

        assertThat(result.problem()).isEqualTo("CLUSTER_START_FAILED");
        assertThat(result.err()).contains("ended with status 1", "Could not find or load main class");
        assertThat(result.code()).isEqualTo(3);
    }

    @Test
    void launcherThatIsNotThereIsTold() {
        Result result = cluster("start", "-D", "jobmanager.port=0");

        assertThat(result.problem()).isEqualTo("CLUSTER_START_FAILED");
        assertThat(result.err()).contains("bin/millrace");
        assertThat(result.code()).isEqualTo(3);
    }

    @Test
    void interruptedStartLeavesNothing() throws IOException {
        new FakeDistribution(home).withLauncher("exec sleep 60");
        Shell shell = Shell.in(home);
        var unused = shell.interruption().request(new Ending.Signal(), 0);

        Result result = shell.run("cluster", "start", "-D", "jobmanager.port=0");

        assertThat(result.code()).isEqualTo(130);
        assertThat(directory().processes()).isEmpty();
    }

    @Test
    void serverThatDoesNotEndWhenAskedIsKilled() throws IOException, InterruptedException {
        directory().create();
        Path ready = home.resolve("ready");
        Process stubborn = new ProcessBuilder(
                        "/bin/sh", "-c", "trap '' TERM; touch '" + ready + "'; while :; do read line; done")
                .start();
        while (!Files.exists(ready)) {
            Thread.onSpinWait();
        }
        directory().note(ServerProcess.of("jobmanager", stubborn));

        assertThat(LocalCluster.stopAll(directory(), Duration.ofMillis(50))).isEqualTo(1);
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void anotherProcessThatGotTheNumberLaterIsLeftAlone() {
        directory().create();
        directory().note(new ServerProcess("jobmanager", ProcessHandle.current().pid(), 1_000));

        assertThat(directory().processes()).isEmpty();
    }

    private RunDirectory directory() {
        return new RunDirectory(home.resolve("data"));
    }

    private Result cluster(String verb, String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "cluster";
        words[1] = verb;
        System.arraycopy(options, 0, words, 2, options.length);
        return Shell.in(home).run(words);
    }

    private List<String> filesLeft() throws IOException {
        try (var files = Files.list(directory().path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
