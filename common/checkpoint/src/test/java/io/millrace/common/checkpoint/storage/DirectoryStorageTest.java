package io.millrace.common.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract on a directory, and what only a directory has. */
class DirectoryStorageTest extends CheckpointStorageContract {
    @TempDir
    Path directory;

    private final AtomicInteger names = new AtomicInteger();

    @Override
    protected CheckpointStorage storage() {
        return at(directory.resolve("checkpoints"));
    }

    private DirectoryStorage at(Path root) {
        return new DirectoryStorage(root, () -> "test-" + names.incrementAndGet());
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString()).toList();
        }
    }

    @Test
    void anObjectIsAFileOfItsName() throws IOException {
        storage().put(new ObjectName("job/a"), text("a"));
        assertThat(tree()).containsExactlyInAnyOrder("", "checkpoints", "checkpoints/job", "checkpoints/job/a");
        assertThat(directory.resolve("checkpoints/job/a")).hasContent("a");
    }

    @Test
    void theLastObjectOfADirectoryTakesTheDirectoryAlong() throws IOException {
        storage().put(new ObjectName("job/deep/a"), text("a"));
        storage().put(new ObjectName("job/b"), text("b"));
        storage().delete(new ObjectName("job/deep/a"));
        assertThat(tree()).containsExactlyInAnyOrder("", "checkpoints", "checkpoints/job", "checkpoints/job/b");
        storage().delete(new ObjectName("job/b"));
        assertThat(tree()).containsExactlyInAnyOrder("", "checkpoints");
    }

    @Test
    void whatAKilledWriterLeftIsNoObjectAndIsRemovedByAge() throws IOException {
        storage().put(new ObjectName("job/a"), text("a"));
        Path old = Files.writeString(directory.resolve("checkpoints/job/.killed-1.part"), "half");
        Path fresh = Files.writeString(directory.resolve("checkpoints/job/.running-1.part"), "half");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(fresh, FileTime.fromMillis(9_000));
        List<String> listed = new ArrayList<>();
        storage().list("", object -> listed.add(object.name().text()));
        assertThat(listed).containsExactly("job/a");

        assertThat(storage().deleteRemains(5_000)).isEqualTo(1);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(directory.resolve("checkpoints/job/a")).exists();
    }

    @Test
    void aNameThatALinkLeadsAwayFromIsNoObject() throws IOException {
        storage().put(new ObjectName("a"), text("a"));
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("checkpoints/link"), secret);
        assertThat(storage().find(new ObjectName("link"))).isEmpty();
    }

    @Test
    void directoriesThatComeAndGoHinderNoWriter() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                ObjectName own = new ObjectName("job/run/" + writer);
                CheckpointStorage storage = storage();
                writers.add(pool.submit(() -> {
                    for (int round = 0; round < 500; round++) {
                        storage.put(own, text("x"));
                        storage.delete(own);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tree()).containsExactlyInAnyOrder("", "checkpoints");
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsRefusedByName() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> at(file).put(new ObjectName("a"), text("a")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isIn("STORAGE_MISSING", "STORAGE_FAILED");
                    assertThat(failure.problem().where()).isEqualTo(file.toString());
                    assertThat(failure.problem().nextStep()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, STORAGE_FULL",
        "Disk quota exceeded, STORAGE_FULL",
        "Read-only file system, STORAGE_READ_ONLY",
        "Permission denied, STORAGE_DENIED",
        "Input/output error, STORAGE_FAILED",
    })
    void whatTheSystemSaysBecomesACode(String reason, String code) {
        IOException said = new FileSystemException("a", null, reason);
        assertThat(DirectoryFailures.of("Cannot store a", directory, said).code())
                .isEqualTo(code);
    }
}
