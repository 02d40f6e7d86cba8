package io.millrace.taskmanager.state.rocksdb;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.BackendSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class RocksBackendTest extends BackendSuite {

    @TempDir
    private Path directory;

    private RocksStateFactory factory;

    @BeforeEach
    void open() {
        factory = Factories.create(directory, 8L << 20);
    }

    @Override
    protected void afterAllAreClosed() {
        Factories.close(factory, directory);
    }

    @Override
    protected KeyedStateFactory factory() {
        return factory;
    }

    /** About four times what the cache holds. */
    @Override
    protected int manyKeys() {
        return 60_000;
    }
}
