package io.millrace.taskmanager.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.memory.MemoryBudget;
import java.nio.file.Path;

/** Factories for tests, which show at their end that nothing is left. */
final class Factories {
    private static final int OWN_HANDLES = 2;

    private Factories() {}

    static RocksStateFactory create(Path directory, long bytes) {
        return new RocksStateFactory(directory, "1", new MemoryBudget("state", bytes, "test"), bytes);
    }

    static void close(RocksStateFactory factory, Path directory) {
        assertThat(factory.openHandles()).isEqualTo(OWN_HANDLES);
        assertThat(directory.resolve("1")).isEmptyDirectory();
        factory.close();
        assertThat(factory.openHandles()).isZero();
        assertThat(directory).isEmptyDirectory();
    }
}
