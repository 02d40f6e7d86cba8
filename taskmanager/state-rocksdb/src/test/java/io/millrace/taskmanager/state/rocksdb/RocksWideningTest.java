package io.millrace.taskmanager.state.rocksdb;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.WideningSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class RocksWideningTest extends WideningSuite {

    @TempDir
    private Path directory;

    private RocksStateFactory factory;

    @BeforeEach
    void open() {
        factory = Factories.create(directory, 128L << 10);
    }

    @AfterEach
    void everythingIsClosedAndRemoved() {
        Factories.close(factory, directory);
    }

    @Override
    protected KeyedStateFactory factory() {
        return factory;
    }
}
