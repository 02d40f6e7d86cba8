package io.millrace.taskmanager.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed leaves behind is removed by the next, and nothing else is. */
class ScratchDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void itIsGoneWhenItIsClosed() throws Exception {
        try (ScratchDirectory scratch = ScratchDirectory.below(parent)) {
            Path deep = Files.createDirectories(scratch.path().resolve("state/of/a/task"));
            Files.writeString(deep.resolve("file"), "content");
            Files.writeString(scratch.path().resolve("some.jar"), "content");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void thatOfADeadProcessIsRemoved() throws Exception {
        Path dead = Files.createDirectory(parent.resolve("millrace-taskmanager-1"));
        Files.createFile(dead.resolve(".lock"));
        Files.writeString(dead.resolve("some.jar"), "content");
        try (ScratchDirectory scratch = ScratchDirectory.below(parent)) {
            assertThat(parent).isDirectoryContaining(path -> path.equals(scratch.path()));
            assertThat(dead).doesNotExist();
        }
    }

    @Test
    void thatOfALivingOneAndWhatIsSomebodyElsesStay() throws Exception {
        Path others = Files.createDirectory(parent.resolve("millrace-taskmanager-of-an-older-version"));
        Path file = Files.writeString(others.resolve("some.jar"), "content");
        try (ScratchDirectory first = ScratchDirectory.below(parent);
                ScratchDirectory second = ScratchDirectory.below(parent)) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
            assertThat(file).exists();
        }
        assertThat(file).exists();
    }
}
