package io.millrace.jobmanager.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.id.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void everyHolderLeadsUnderAGreaterEpoch() throws IOException {
        try (DataDirectory first = DataDirectory.open(directory, 1_000)) {
            assertThat(first.epoch()).isEqualTo(new Epoch(1_000));
        }
        try (DataDirectory second = DataDirectory.open(directory, 5)) {
            assertThat(second.epoch()).isEqualTo(new Epoch(1_001));
        }
    }

    @Test
    void oneHolderAtATime() throws IOException {
        DataDirectory first = DataDirectory.open(directory, 1);
        assertThatThrownBy(() -> DataDirectory.open(directory, 1)).hasMessageContaining("[DATA_DIR_IN_USE]");
        first.close();
        DataDirectory.open(directory, 1).close();
    }

    @Test
    void anEpochThatCannotBeReadIsRefusedAndLeftAsItIs() throws IOException {
        DataDirectory.open(directory, 1).close();
        Path file = directory.resolve("metadata/epoch");
        for (String damaged : new String[] {"", "x", "-3", "99999999999999999999999", "1".repeat(1_000)}) {
            Files.writeString(file, damaged);
            assertThatThrownBy(() -> DataDirectory.open(directory, 1))
                    .hasMessageContaining("[DATA_DIR_DAMAGED]")
                    .hasMessageContaining("metadata/epoch");
            assertThat(file).hasContent(damaged);
        }
        Files.writeString(file, "41");
        try (DataDirectory again = DataDirectory.open(directory, 1)) {
            assertThat(again.epoch()).isEqualTo(new Epoch(42));
        }
    }

    @Test
    void aPlaceThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> DataDirectory.open(file, 1)).hasMessageContaining("[DATA_DIR_UNUSABLE]");
    }
}
