package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes keyed state in RocksDB. All of a process share its memory; each has a database and a directory of its own,
 * which goes when the state is closed.
 */
public final class RocksStateFactory implements KeyedStateFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RocksStateFactory.class);

    private final Outcome<StateDirectories> directories;
    private final long bytes;
    private final MemoryReservation reservation;
    /** Made when the first job wants it: RocksDB is large. */
    private final Shared<Optional<StateMemory>> memory = new Shared<>(Optional.empty());

    /**
     * Removes what earlier processes left.
     *
     * @param root where databases lie
     * @param incarnation the life of this process
     * @param bytes of the budget, for native memory and cached objects together
     * @throws io.millrace.common.core.error.MillraceException if the budget has not so much left
     */
    public RocksStateFactory(Path root, String incarnation, MemoryBudget budget, long bytes) {
        this.bytes = bytes;
        this.reservation = reserved(budget, bytes);
        this.directories = directories(root, incarnation);
    }

    /** Jobs on the heap run without a directory: a bad one fails those that need it. */
    private static Outcome<StateDirectories> directories(Path root, String incarnation) {
        try {
            return Outcome.success(new StateDirectories(root, incarnation));
        } catch (MillraceException e) {
            LOG.warn("event=state-directory-unusable directory={} code={}", root, e.code());
            return Outcome.failure(e.problem());
        }
    }

    private StateDirectories directories() {
        if (directories instanceof Outcome.Failure<StateDirectories> failure) {
            throw failure.problem().asException();
        }
        return ((Outcome.Success<StateDirectories>) directories).value();
    }

    private static MemoryReservation reserved(MemoryBudget budget, long bytes) {
        Outcome<MemoryReservation> outcome = budget.reserve("rocksdb", bytes);
        if (outcome instanceof Outcome.Failure<MemoryReservation> failure) {
            throw failure.problem().asException();
        }
        return ((Outcome.Success<MemoryReservation>) outcome).value();
    }

    /** Two threads may make it at the same time; one is kept. */
    private StateMemory memory() {
        Optional<StateMemory> known = memory.read();
        if (known.isPresent()) {
            return known.get();
        }
        directories().loadLibrary();
        StateMemory made = new StateMemory(bytes);
        if (!memory.change(before -> before.isPresent() ? null : Optional.of(made))) {
            made.close();
        }
        return memory.read().orElseThrow();
    }

    @Override
    public <K> KeyedStateBackend<K> create(KeyedStateRequest<K> request) {
        StateDirectories directories = directories();
        Path directory = directories.create(request.owner());
        RocksKeyedStateBackend<K> backend;
        try {
            backend = new RocksKeyedStateBackend<>(request, directory, directories, memory());
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

    /** Native objects that are open; two are the factory's own once it made something. */
    int openHandles() {
        return memory.read().map(StateMemory::openHandles).orElse(0);
    }

    /** Goes after all that it made. */
    @Override
    public void close() {
        memory.read().ifPresent(StateMemory::close);
        if (directories instanceof Outcome.Success<StateDirectories> usable) {
            usable.value().close();
        }
        reservation.close();
    }
}
