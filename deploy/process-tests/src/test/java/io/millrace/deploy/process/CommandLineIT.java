package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.deploy.process.Millrace.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines and settings that are refused before there is anything to clean up. */
@Timeout(60)
final class CommandLineIT {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({
        "runn job.jar, UNKNOWN_VERB, 'runn', Did you mean 'run'?",
        "cluster stat, UNKNOWN_VERB, 'stat', 'start'",
        "run --detach job.jar, UNKNOWN_OPTION, '--detach', Did you mean --detached?",
        "run -p, OPTION_VALUE_MISSING, --parallelism needs a value, --help",
        "run -p many job.jar, OPTION_VALUE_INVALID, 'many', from 1 to 32768",
        "run --name a --name b job.jar, OPTION_DUPLICATE, --name is given twice, --help",
        "run, ARGUMENT_MISSING, JAR is missing, --help",
        "list everything, ARGUMENT_UNEXPECTED, 'everything' is one argument too many, --help",
        "list -D taskmanager.slots, OPTION_VALUE_INVALID, 'Option -D does not accept', 'Give KEY=VALUE'",
        "list -m localhost, BAD_ADDRESS, 'localhost' is not an address, host:port",
        "list -D taskmanager.slot=3, CONFIG_UNKNOWN_KEY, 'taskmanager.slot', Did you mean 'taskmanager.slots'?",
        "cluster start -D heartbeat.interval=3x, CONFIG_BAD_VALUE, heartbeat.interval, 'a number with a unit: 100ms'",
        "cluster start -D taskmanager.network.memory=9parsecs, CONFIG_BAD_VALUE, taskmanager.network.memory, unit",
        "cluster start -D jobmanager.port=70000, CONFIG_BAD_VALUE, 70000 is outside 0..65535, 0 to 65535",
    })
    void aWrongCommandLineIsRefusedWithWhatIsWrongAndWhatToDo(String line, String code, String what, String fix)
            throws Exception {
        Said said = new Millrace(scratch).run(line.split(" "));
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("[" + code + "]")
                .contains(what)
                .contains("  do:    ")
                .contains(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plenty", "2t", "0", "1.5g", "150%", "-1g", "1g 2g"})
    void aHeapThatIsNoSizeIsRefusedByTheNameOfItsVariable(String heap) throws Exception {
        Said said = new Millrace(scratch).with("MILLRACE_CLIENT_HEAP", heap).run("version");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("[HEAP_INVALID] MILLRACE_CLIENT_HEAP is '" + heap + "'")
                .contains("  do:    ")
                .contains("512m");
    }

    @Test
    void aTaskManagersHeapThatIsNoSizeKeepsAClusterFromStartingAndNothingIsLeft() throws Exception {
        Path data = scratch.resolve("data");
        Said said = new Millrace(scratch)
                .with("MILLRACE_TASKMANAGER_HEAP", "plenty")
                .run("cluster", "start", "-D", "data.dir=" + data, "-D", "jobmanager.port=0");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("[HEAP_INVALID] MILLRACE_TASKMANAGER_HEAP is 'plenty'");
        assertThat(serversOf(data)).isEmpty();
    }

    /** The launcher computes from the size what the JVM is given; had it erred, the program would not speak. */
    @ParameterizedTest
    @ValueSource(strings = {"1g", "200m", "204800k", "209715200", "2%"})
    void everyFormOfAHeapStartsATaskManagersJvm(String heap) throws Exception {
        Said said =
                new Millrace(scratch).with("MILLRACE_TASKMANAGER_HEAP", heap).run("taskmanager", "--help");
        assertThat(said.err())
                .startsWith("[CONFIG_BAD_ARGUMENT] Unknown argument '--help'")
                .contains("[--config FILE] [-D key=value]...")
                .contains("millrace --help");
        assertThat(said.exitCode()).isEqualTo(2);
    }

    @Test
    void aClusterThatIsNotThereIsToldAtOnce() throws Exception {
        Millrace millrace = new Millrace(scratch);
        long begin = System.nanoTime();
        Said said = millrace.run("list", "-m", "127.0.0.1:" + freePort());
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.err())
                .startsWith("[CLUSTER_UNREACHABLE] No JobManager answers at 127.0.0.1:")
                .contains("Connection refused")
                .contains("millrace cluster start");
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }

    @Test
    void aHostThatDoesNotExistIsToldWithoutTheTransportsOwnLog() throws Exception {
        Said said = new Millrace(scratch).run("list", "-m", "no-such-host.invalid:7171");
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.err())
                .startsWith("[CLUSTER_UNREACHABLE] No JobManager answers at no-such-host.invalid:7171")
                .doesNotContain("\tat ");
    }

    @Test
    void aSettingInAFileIsRefusedWithTheFilesName() throws Exception {
        Path file = Files.writeString(scratch.resolve("my.yaml"), "cluster.id: a\nheartbeat.timout: 5s\n");
        Said said = new Millrace(scratch).run("list", "--config", file.toString());
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("[CONFIG_UNKNOWN_KEY] There is no setting 'heartbeat.timout'")
                .contains(file.toString())
                .contains("'heartbeat.timeout'");
    }

    @Test
    void aPortInUseKeepsAClusterFromStartingAndNothingIsLeft() throws Exception {
        Path data = scratch.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Said said = new Millrace(scratch)
                    .run("cluster", "start", "-D", "data.dir=" + data, "-D", "jobmanager.port=" + port);
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.err())
                    .startsWith("[PORT_IN_USE] Port " + port + " of 127.0.0.1 is taken")
                    .contains("-D jobmanager.port=PORT");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aMetricsPortInUseStopsTheProcessesThatWereStarted() throws Exception {
        Path data = scratch.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Millrace millrace = new Millrace(scratch);
            Said said = millrace.run(
                    "cluster",
                    "start",
                    "-D",
                    "data.dir=" + data,
                    "-D",
                    "jobmanager.port=0",
                    "-D",
                    "jobmanager.http-port=" + port);
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.err())
                    .startsWith("[HTTP_PORT_IN_USE]")
                    .contains(port)
                    .contains("http-port");
            assertThat(serversOf(data)).isEmpty();
            assertThat(millrace.temporaryFiles()).isEmpty();
        }
    }

    private static List<String> serversOf(Path data) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(data.toString()))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
