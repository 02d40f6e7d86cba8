package io.millrace.common.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which places are opened, and how the others are refused. */
class DirectoryStoragesTest {
    @TempDir
    Path directory;

    private final AtomicInteger names = new AtomicInteger();
    private final CheckpointStorages storages = new DirectoryStorages(() -> "test-" + names.incrementAndGet());

    @Test
    void storagesOfOnePlaceShowTheSameObjects() {
        StorageLocation place =
                StorageLocation.parse(directory.resolve("jobs/a b").toUri().toString());
        Content content = Content.of("x".getBytes(StandardCharsets.UTF_8));
        try (CheckpointStorage one = storages.open(place);
                CheckpointStorage other = storages.open(place)) {
            assertThat(one.put(new ObjectName("1/x"), content)).isEqualTo(PutOutcome.STORED);
            assertThat(other.find(new ObjectName("1/x"))).isPresent();
        }
        assertThat(directory.resolve("jobs/a b/1/x")).hasContent("x");
    }

    @Test
    void openingADirectoryDoesNotMakeIt() {
        storages.open(StorageLocation.parse(directory.resolve("later").toString()))
                .close();
        assertThat(directory.resolve("later")).doesNotExist();
    }

    @Test
    void aBucketIsRefusedByItsName() {
        assertThatThrownBy(() -> storages.open(StorageLocation.parse("s3://bucket/jobs")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("STORAGE_NOT_SUPPORTED");
                    assertThat(failure.problem().where()).isEqualTo("s3://bucket/jobs");
                    assertThat(failure.problem().nextStep()).contains("checkpoint.dir");
                });
    }

    @Test
    void whatNoDirectoryCanBeCalledIsRefused() {
        assertThatThrownBy(() -> storages.open(StorageLocation.parse("/checkpoints/\0")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("STORAGE_MISSING");
                    assertThat(failure.problem().where()).isEqualTo("/checkpoints/\\0");
                });
    }

    @Test
    void theClustersDefaultIsNoPlace() {
        assertThatThrownBy(() -> storages.open(StorageLocation.parse(""))).isInstanceOf(IllegalArgumentException.class);
    }
}
