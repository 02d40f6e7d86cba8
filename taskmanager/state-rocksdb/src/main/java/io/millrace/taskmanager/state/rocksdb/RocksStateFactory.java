package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;
import java.nio.file.Path;

/**
 * Makes keyed state in RocksDB. All of a process share its memory; each has a database and a directory of its own,
 * which goes when the state is closed.
 */
public final class RocksStateFactory implements KeyedStateFactory, AutoCloseable {
    private final StateDirectories directories;
    private final StateMemory memory;

    /**
     * Removes what earlier processes left.
     *
     * @param root where databases lie; for this process alone
     * @param incarnation the life of this process
     * @param bytes of the budget, for native memory and cached objects together
     * @throws io.millrace.common.core.error.MillraceException if the directory cannot be used or the budget has not so
     *     much left
     */
    public RocksStateFactory(Path root, String incarnation, MemoryBudget budget, long bytes) {
        this.directories = new StateDirectories(root, incarnation);
        this.memory = new StateMemory(budget, bytes);
    }

    @Override
    public <K> KeyedStateBackend<K> create(KeyedStateRequest<K> request) {
        Path directory = directories.create(request.owner());
        RocksKeyedStateBackend<K> backend;
        try {
            backend = new RocksKeyedStateBackend<>(request, directory, directories, memory);
        } catch (RuntimeException e) {
            directories.remove(directory);
            throw e;
        }
        try {
            backend.takeTimers();
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
        return backend;
    }

    /** Native objects that are open; two are the factory's own. */
    int openHandles() {
        return memory.openHandles();
    }

    /** Goes after all that it made. */
    @Override
    public void close() {
        memory.close();
        directories.close();
    }
}
