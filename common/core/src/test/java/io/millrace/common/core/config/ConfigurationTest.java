package io.millrace.common.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void everyOptionHasADefaultOfItsOwnForm() {
        assertThat(ConfigCatalog.all()).isNotEmpty().allSatisfy(option -> {
            assertThat(option.defaultValue()).isNotNull();
            assertThat(option.description()).isNotBlank();
        });
    }

    @Test
    void valuesAreReadInTheirUnits() {
        Configuration configuration = Configuration.of(
                Map.of("heartbeat.timeout", "2min", "taskmanager.network.memory", "1.5g", "jobmanager.port", "1"),
                "test");
        assertThat(configuration.get(ClusterOptions.HEARTBEAT_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY)).isEqualTo(3L << 29);
        assertThat(configuration.get(ClusterOptions.JOBMANAGER_PORT)).isEqualTo(1);
        assertThat(configuration.get(ClusterOptions.HEARTBEAT_INTERVAL)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void unknownKeyNamesTheNearestOne() {
        assertThatThrownBy(() -> Configuration.of(Map.of("jobmanager.prot", "1"), "conf.yaml"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("CONFIG_UNKNOWN_KEY")
                .hasMessageContaining("conf.yaml")
                .hasMessageContaining("'jobmanager.port'");
    }

    @Test
    void badValuesNameKeyValueAndAcceptedForm() {
        for (String bad : new String[] {"5", "fast", "-1s", "9999999999999999999h", ""}) {
            assertThatThrownBy(() -> Configuration.of(Map.of("heartbeat.interval", bad), "-D"))
                    .as("value '%s'", bad)
                    .hasMessageContaining("CONFIG_BAD_VALUE")
                    .hasMessageContaining("heartbeat.interval")
                    .hasMessageContaining("100ms");
        }
        assertThatThrownBy(() -> Configuration.of(Map.of("jobmanager.port", "70000"), "-D"))
                .hasMessageContaining("70000 is outside 0..65535");
    }

    @Test
    void laterSettingsWin() {
        Configuration file = Configuration.of(Map.of("jobmanager.port", "1", "cluster.id", "a"), "file");
        Configuration line = Configuration.of(Map.of("jobmanager.port", "2"), "-D");
        Configuration merged = file.overriddenBy(line);
        assertThat(merged.get(ClusterOptions.JOBMANAGER_PORT)).isEqualTo(2);
        assertThat(merged.get(ClusterOptions.CLUSTER_ID)).isEqualTo("a");
    }

    @Test
    void fileMayBeFlatOrNested() throws IOException {
        Path file = directory.resolve("millrace.yaml");
        Files.writeString(file, "jobmanager.port: 9\njobmanager:\n  host: example\n# a comment\ncluster:\n  id: c\n");
        Configuration configuration = ConfigFile.load(file);
        assertThat(configuration.get(ClusterOptions.JOBMANAGER_PORT)).isEqualTo(9);
        assertThat(configuration.get(ClusterOptions.JOBMANAGER_HOST)).isEqualTo("example");
        assertThat(configuration.get(ClusterOptions.CLUSTER_ID)).isEqualTo("c");
    }

    @Test
    void aFileOfCommentsSetsNothing() throws IOException {
        Path file = directory.resolve("millrace.yaml");
        for (String text : new String[] {"", "# nothing yet\n\n  # still nothing\n"}) {
            Files.writeString(file, text);
            assertThat(ConfigFile.load(file).toMap()).isEmpty();
        }
    }

    @Test
    void damagedFilesAreRefusedByName() throws IOException {
        Path file = directory.resolve("millrace.yaml");
        Files.writeString(file, "jobmanager.port: 9\njobmanager.port: 10\n");
        assertThatThrownBy(() -> ConfigFile.load(file)).hasMessageContaining("CONFIG_DUPLICATE_KEY");
        Files.writeString(file, "jobmanager.port: 9\njobmanager:\n  port: 10\n");
        assertThatThrownBy(() -> ConfigFile.load(file)).hasMessageContaining("CONFIG_DUPLICATE_KEY");
        Files.writeString(file, "just words");
        assertThatThrownBy(() -> ConfigFile.load(file))
                .hasMessageContaining("CONFIG_FILE_UNREADABLE")
                .hasMessageContaining(file.toString());
        Files.writeString(file, "cluster.id:\n");
        assertThatThrownBy(() -> ConfigFile.load(file)).hasMessageContaining("CONFIG_FILE_UNREADABLE");
        Files.writeString(file, "a: [1, 2");
        assertThatThrownBy(() -> ConfigFile.load(file)).hasMessageContaining("CONFIG_FILE_UNREADABLE");
        assertThatThrownBy(() -> ConfigFile.load(directory.resolve("absent.yaml")))
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void anUnknownUnitIsNamed() {
        assertThatThrownBy(() -> Configuration.of(Map.of("heartbeat.interval", "3parsec"), "-D"))
                .hasMessageContaining("'3parsec' has the unknown unit 'parsec'; use ms, s, min, h or d");
        assertThatThrownBy(() -> Configuration.of(Map.of("heartbeat.interval", "3"), "-D"))
                .hasMessageContaining("'3' has no unit; use ms, s, min, h or d");
    }

    @Test
    void aKeyWithoutItsFirstWordIsRecognized() {
        assertThat(ConfigCatalog.nearest("network.memory")).isEqualTo("taskmanager.network.memory");
        assertThat(ConfigCatalog.nearest("jobmanager.prot")).isEqualTo("jobmanager.port");
    }
}
