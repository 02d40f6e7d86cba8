package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.client.cli.local.FakeDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo from start to end, on stand-ins for the servers. */
class DemoTest {
    private static final Pattern REMOVED = Pattern.compile("Stopped the cluster and removed (.*)");

    @TempDir
    private Path home;

    @Test
    void demoShowsAlertsSumsUpAndLeavesNothing() throws IOException {
        distribution("""
                System.setProperty("fixture.demo", String.join(" ", args));
                StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                env.fromSequence(1, 3).print();
                env.execute("Real-time Log Analysis");
                """);

        Result result = Shell.in(home).run("demo", "--for", "1s", "--seed", "7");

        assertThat(result.out().lines())
                .as(result.err())
                .contains("Security Alerts> {\"type\":\"security_alert\",\"user_id\":\"a\"}")
                .contains("User Metrics:2> {\"type\":\"user_metrics\",\"user_id\":\"a\"}")
                .last()
                .asString()
                .matches("Demo summary: an unknown number of log lines in \\d+\\.\\d s: 1 security alerts,"
                        + " 1 anomaly alerts, 2 user metrics, 0 late, 1 rejected, 1 other");
        assertThat(result.code()).isZero();
        assertThat(System.clearProperty("fixture.demo"))
                .isEqualTo("--source generator --rate 1000 --speedup 8640 --seed 7");
        Matcher removed = REMOVED.matcher(result.err());
        assertThat(removed.find()).isTrue();
        assertThat(Path.of(removed.group(1))).doesNotExist();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void demoWhoseJobCannotStartSaysSoAndLeavesNothing() throws IOException {
        distribution("throw new IllegalStateException(\"broken example\");");

        Result result = Shell.in(home).run("demo", "--for", "1s");

        assertThat(result.problem()).as(result.err()).isEqualTo("MAIN_THREW");
        assertThat(result.code()).isEqualTo(2);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private void distribution(String body) throws IOException {
        new FakeDistribution(home).withServers();
        new JarFixture(Files.createDirectories(home.resolve("examples")))
                .main("Job", body)
                .write("log-analysis.jar");
    }
}
