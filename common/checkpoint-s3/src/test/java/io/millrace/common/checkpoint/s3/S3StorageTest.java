package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorageContract;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server, by two connections in turn, and what only an object store has. */
class S3StorageTest extends CheckpointStorageContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static S3Server server;

    private final String prefix = "tests/" + TESTS.incrementAndGet();
    private final List<CheckpointStorage> opened = new ArrayList<>();
    private int turn;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected CheckpointStorage storage() {
        if (opened.isEmpty()) {
            opened.add(at(prefix));
            opened.add(at(prefix));
        }
        return opened.get(turn++ % 2);
    }

    private static S3Storage at(String prefix) {
        return S3Storage.open(server.settings("s3://" + S3Server.BUCKET + "/" + prefix));
    }

    @AfterEach
    void closeAll() {
        opened.forEach(CheckpointStorage::close);
    }

    @Test
    void anObjectLiesUnderThePrefix() {
        storage().put(new ObjectName("job/a"), Content.of(new byte[] {'a'}));
        assertThat(server.bucket(S3Server.BUCKET).resolve(prefix + "/job/a")).hasContent("a");
        assertThat(storage().location()).isEqualTo("s3://checkpoints/" + prefix);
    }

    @Test
    void aWholeBucketCanBeAStorage() throws IOException {
        Files.createDirectories(server.bucket("whole-bucket"));
        try (S3Storage whole = S3Storage.open(server.settings("s3://whole-bucket"))) {
            assertThat(whole.put(new ObjectName("a"), Content.of(new byte[3]))).isEqualTo(PutOutcome.STORED);
            List<String> names = new ArrayList<>();
            whole.list("", object -> names.add(object.name().text() + " " + object.length()));
            assertThat(names).containsExactly("a 3");
        }
    }

    @Test
    void aNeighbourWhoseNameBeginsTheSameIsNotListed() {
        try (S3Storage neighbour = at(prefix + "0")) {
            neighbour.put(new ObjectName("a"), Content.of(new byte[1]));
            List<String> names = new ArrayList<>();
            storage().list("", object -> names.add(object.name().text()));
            assertThat(names).isEmpty();
        }
    }

    @Test
    void anObjectNeedNotBeReadToItsEnd() throws IOException {
        ObjectName name = new ObjectName("large");
        storage().put(name, Content.of(new byte[4 << 20]));
        for (int i = 0; i < 20; i++) {
            try (InputStream in = storage().open(name, 1, 4 << 20)) {
                assertThat(in.read()).isZero();
            }
        }
    }

    @Test
    void aTimeOfChangeIsTold() {
        long before = System.currentTimeMillis();
        storage().put(new ObjectName("a"), Content.of(new byte[1]));
        assertThat(storage().find(new ObjectName("a")).orElseThrow().modifiedEpochMs())
                .isBetween(before - 2_000, System.currentTimeMillis() + 2_000);
    }
}
