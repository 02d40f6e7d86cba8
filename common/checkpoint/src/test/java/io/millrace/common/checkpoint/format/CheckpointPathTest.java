package io.millrace.common.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPathTest {
    @TempDir
    private Path directory;

    private int names;
    private final DirectoryStorages storages = new DirectoryStorages(() -> "n" + ++names);

    private CheckpointPath find(String path) {
        return CheckpointPath.find(StorageLocation.parse(path), storages::open);
    }

    private void put(String name) {
        storages.open(StorageLocation.parse(directory.toString()))
                .put(new ObjectName(name), Content.of(new byte[] {1}));
    }

    @Test
    void aCheckpointIsNamedByItsDirectory() {
        put("7/manifest");
        put("8/manifest");
        CheckpointPath expected = new CheckpointPath(directory.toString(), 8);
        assertThat(find(directory + "/8")).isEqualTo(expected).hasToString(directory + "/8");
        assertThat(find(directory + "/8//")).isEqualTo(expected);
        assertThat(find("file://" + directory + "/8")).isEqualTo(expected);
    }

    @Test
    void aPlaceWithExactlyOneWillDo() {
        put("8/manifest");
        put("3/aa-0");
        assertThat(find(directory.toString())).isEqualTo(new CheckpointPath(directory.toString(), 8));
        put("9/manifest");
        assertThatThrownBy(() -> find(directory.toString()))
                .hasMessageContaining("[CHECKPOINT_NOT_UNIQUE]")
                .hasMessageContaining("8, 9")
                .hasMessageContaining(directory + "/9");
    }

    @Test
    void aPlaceMayBeCalledByANumber() {
        put("2026/8/manifest");
        assertThat(find(directory + "/2026")).isEqualTo(new CheckpointPath(directory + "/2026", 8));
    }

    @Test
    void aDirectoryThatLostItsNumberIsTold() {
        put("renamed/manifest");
        assertThatThrownBy(() -> find(directory + "/renamed"))
                .hasMessageContaining("[CHECKPOINT_NOT_FOUND]")
                .hasMessageContaining("called by the checkpoint's number");
    }

    @Test
    void whereNoneIsIsSaid() {
        put("8/aa-0");
        put("other/manifest");
        for (String path : new String[] {"", "/8", "/9", "/never-made"}) {
            assertThatThrownBy(() -> find(directory + path)).hasMessageContaining("[CHECKPOINT_NOT_FOUND]");
        }
    }
}
