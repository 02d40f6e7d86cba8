package io.millrace.taskmanager.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.heap.HeapStateFactory;
import io.millrace.taskmanager.state.suite.Backends;
import io.millrace.taskmanager.state.suite.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Where databases lie, what is shared by checkpoints, and what happens when the disk does not do. */
final class StateOnDiskTest {
    private static final long BYTES = 8L << 20;

    @TempDir
    private Path directory;

    @Test
    void whatAProcessThatIsGoneLeftIsRemovedAndWhatALivingOneHasIsNot() throws IOException {
        Path dead = Files.createDirectories(directory.resolve("dead/job/1-1-0-0/db"));
        Files.writeString(dead.resolve("000001.sst"), "state");
        RocksStateFactory first = Factories.create(directory, BYTES);
        assertThat(directory.resolve("dead")).doesNotExist();
        try (Backends backends = new Backends(first)) {
            backends.textKeys(10);
            RocksStateFactory second = new RocksStateFactory(
                    directory, "2", new io.millrace.common.core.memory.MemoryBudget("state", BYTES, "test"), BYTES);
            assertThat(directory.resolve("1/job")).isNotEmptyDirectory();
            second.close();
        }
        Factories.close(first, directory);
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("state"), "not a directory");
        RocksStateFactory factory = Factories.create(file, BYTES);
        try (Backends backends = new Backends(factory)) {
            assertThatThrownBy(() -> backends.textKeys(10))
                    .hasMessageContaining("STATE_DISK_FAILED")
                    .hasMessageContaining(file.toString());
        }
        factory.close();
    }

    @Test
    void aFullDiskIsCalledThat() {
        Status status = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "000012.sst");
        assertThat(RocksErrors.of(new RocksDBException("while appending", status), directory))
                .hasMessageContaining("STATE_DISK_FULL")
                .hasMessageContaining(directory.toString());
        assertThat(RocksErrors.of(new IOException("No space left on device"), directory))
                .hasMessageContaining("STATE_DISK_FULL");
    }

    @Test
    void laterCheckpointsKeepTheTableFilesOfACompleteOne() {
        RocksStateFactory factory = Factories.create(directory, BYTES);
        try (Backends backends = new Backends(factory)) {
            KeyedStateBackend<String> backend = backends.textKeys(10_000);
            ValueState<Long> value = backend.valueState(new ValueStateDescriptor<>("v", Long.class));
            StoredSnapshots stored = new StoredSnapshots();
            put(backend, value, 0, 5_000);
            take(backend, stored, 1);
            backend.completed(1);
            put(backend, value, 5_000, 5_010);
            RestoredState second = take(backend, stored, 2);
            assertThat(stored.bytes(2)).isLessThan(stored.bytes(1) / 2);
            put(backend, value, 5_010, 5_020);
            take(backend, stored, 3);
            backend.aborted(3);

            KeyedStateBackend<String> restored = backends.textKeys(10_000, KeyGroups.all(Backends.GROUPS), second);
            assertThat(restored.keyCount()).isEqualTo(5_010);
        }
        Factories.close(factory, directory);
    }

    @Test
    void theHeapRefusesTheFilesOfADatabase() {
        RocksStateFactory factory = Factories.create(directory, BYTES);
        try (Backends backends = new Backends(factory);
                Backends heap = new Backends(new HeapStateFactory())) {
            RestoredState files = take(backends.textKeys(10), new StoredSnapshots(), 1);
            assertThatThrownBy(() -> heap.textKeys(10, KeyGroups.all(Backends.GROUPS), files))
                    .hasMessageContaining("STATE_BACKEND_CHANGED");
        }
        Factories.close(factory, directory);
    }

    private static void put(KeyedStateBackend<String> backend, ValueState<Long> value, int from, int to) {
        for (int i = from; i < to; i++) {
            backend.setCurrentKey("key " + i);
            value.update((long) i);
        }
    }

    private static RestoredState take(KeyedStateBackend<String> backend, StoredSnapshots stored, long checkpoint) {
        backend.beginSnapshot(checkpoint, true);
        while (!backend.writeSnapshot(64 * 1024)) {
            Thread.onSpinWait();
        }
        return stored.take(backend, checkpoint);
    }
}
