package io.millrace.jobmanager.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.config.Configuration;
import io.millrace.common.rpc.RpcAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobManagerStartTest {
    @TempDir
    private Path directory;

    @Test
    void aPortThatIsTakenIsReportedAndNothingStaysBehind() {
        try (JobManager first = JobManagerTest.start(directory.resolve("one"), 0)) {
            int port = first.address().port();
            Path second = directory.resolve("two");
            assertThatThrownBy(() -> JobManagerTest.start(second, port)).hasMessageContaining("[PORT_IN_USE]");
            JobManagerTest.start(second, 0).close();
        }
    }

    @Test
    void twoJobManagersDoNotShareADirectory() {
        try (JobManager first = JobManagerTest.start(directory, 0)) {
            assertThat(first.address().port()).isPositive();
            assertThatThrownBy(() -> JobManagerTest.start(directory, 0)).hasMessageContaining("[DATA_DIR_IN_USE]");
        }
    }

    @Test
    void closingLeavesNoThreadOfItsOwn() {
        JobManagerTest.start(directory, 0).close();
        Set<String> names = Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .collect(Collectors.toSet());
        assertThat(names).noneMatch(name -> name.startsWith("millrace-"));
    }

    @Test
    void settingsComeFromTheConfiguration() {
        Path home = directory.resolve("home");
        JobManagerSettings defaults = JobManagerSettings.of(Configuration.EMPTY, home, "1");
        assertThat(defaults.bind()).isEqualTo(new RpcAddress("127.0.0.1", 7171));
        assertThat(defaults.insecureAllowed()).isFalse();
        assertThat(defaults.dataDirectory()).isEqualTo(home.resolve("data"));
        assertThat(defaults.timing().slotTimeoutMs()).isEqualTo(30_000);
        assertThat(defaults.timing().reconnectGraceMs()).isEqualTo(300);
        assertThat(defaults.limits().retainedJobs()).isEqualTo(100);
        Configuration given = Configuration.of(
                Map.of("data.dir", directory.toString(), "jobmanager.port", "0", "cluster.id", "mine"), "test");
        JobManagerSettings settings = JobManagerSettings.of(given, null, "1");
        assertThat(settings.dataDirectory()).isEqualTo(directory);
        assertThat(settings.clusterId()).isEqualTo("mine");
        assertThat(settings.bind().port()).isZero();
    }

    @Test
    void aTimeoutBelowTwiceTheIntervalIsRefused() {
        Configuration given =
                Configuration.of(Map.of("heartbeat.interval", "1s", "heartbeat.timeout", "1500ms"), "test");
        assertThatThrownBy(() -> JobManagerSettings.of(given, null, "1"))
                .hasMessageContaining("[SETTINGS_CONTRADICT]")
                .hasMessageContaining("1500 ms");
    }
}
