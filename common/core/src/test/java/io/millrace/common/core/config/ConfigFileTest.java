package io.millrace.common.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# comments alone\n# jobmanager.port: 1\n", "---\n"})
    void fileWithoutSettingsIsAnEmptyConfiguration(String text) throws IOException {
        assertThat(load(text).toMap()).isEmpty();
    }

    @Test
    void flatAndNestedSettingsAreTheSame() throws IOException {
        assertThat(load("jobmanager.port: 7000\ntaskmanager:\n  slots: 3\n").toMap())
                .containsEntry("jobmanager.port", "7000")
                .containsEntry("taskmanager.slots", "3")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager.port:\n", "jobmanager.port: [1]\n", "just text\n", "- a\n- b\n", "a: 'b\n"})
    void whatIsNoSettingIsRefusedWithTheFileNamed(String text) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("settings.yaml");
    }

    private Configuration load(String text) throws IOException {
        return ConfigFile.load(Files.writeString(directory.resolve("settings.yaml"), text));
    }
}
