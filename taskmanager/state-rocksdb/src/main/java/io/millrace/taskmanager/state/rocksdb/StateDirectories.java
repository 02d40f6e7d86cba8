package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.state.StateOwner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where databases lie: {@code <root>/<life of the process>/<job>/<run>-<operator>-<subtask>-<attempt>}. Nobody shares a
 * directory, and one that is there already is refused. Any thread.
 */
final class StateDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectories.class);

    private static final String LOCK = ".lock";
    private static final String LIBRARY = "library";

    private final Path own;
    private final Path lockFile;
    private final FileChannel lock;

    /**
     * Removes what processes that ended badly left below {@code root}. Processes may share it: each keeps a file locked
     * as long as it lives, whatever way it ends.
     *
     * @param incarnation the life of this process
     */
    StateDirectories(Path root, String incarnation) {
        this.own = root.resolve(incarnation);
        this.lockFile = root.resolve(incarnation + LOCK);
        try {
            Files.createDirectories(root);
            this.lock = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            lock.lock();
            for (Path entry : entries(root)) {
                removeIfDead(root, entry);
            }
            Files.createDirectories(own);
        } catch (IOException e) {
            throw RocksErrors.of(e, root);
        }
    }

    private void removeIfDead(Path root, Path entry) throws IOException {
        String name = String.valueOf(entry.getFileName());
        Path file = root.resolve(name + LOCK);
        if (name.endsWith(LOCK) || entry.equals(own) || !Files.isDirectory(entry)) {
            return;
        }
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock dead = other.tryLock()) {
            if (dead != null) {
                LOG.info("event=state-removed directory={} reason=its-process-is-gone", entry);
                delete(entry);
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("event=state-kept directory={} reason=lives-in-this-process", entry, e);
        }
    }

    Path create(StateOwner owner) {
        Path job = own.resolve(owner.job());
        Path directory =
                job.resolve(owner.run() + "-" + owner.operator() + "-" + owner.subtask() + "-" + owner.attempt());
        try {
            Files.createDirectories(job);
            try {
                Files.createDirectory(directory);
            } catch (java.nio.file.NoSuchFileException e) {
                // The job's directory was empty for a moment, and went.
                Files.createDirectories(job);
                Files.createDirectory(directory);
            }
            return directory;
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    /**
     * Loads RocksDB's native library, once per process. It is unpacked here and not where all programs have their
     * temporary files: a process that is killed leaves nothing there.
     */
    void loadLibrary() {
        Path unpacked = own.resolve(LIBRARY);
        try {
            Files.createDirectories(unpacked);
            NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
            RocksDB.loadLibrary();
            delete(unpacked);
        } catch (IOException e) {
            throw RocksErrors.of(e, unpacked);
        } catch (UnsatisfiedLinkError e) {
            throw Problem.of(RocksErrors.STATE_LIBRARY_UNUSABLE, "RocksDB's native library cannot be loaded")
                    .at(unpacked.toString())
                    .because(e.toString())
                    .fix("Put data.dir on a file system without 'noexec', or use state.backend: heap")
                    .asException(e);
        }
    }

    /** Removes a directory that {@link #create} gave, and its job's if it was the last. */
    void remove(Path directory) {
        try {
            delete(directory);
            Path job = java.util.Objects.requireNonNull(directory.getParent());
            if (entries(job).isEmpty()) {
                Files.deleteIfExists(job);
            }
        } catch (java.nio.file.DirectoryNotEmptyException | java.nio.file.NoSuchFileException e) {
            LOG.debug("event=state-directory-shared directory={}", directory, e);
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    /** Removes what is left of this process's. */
    void close() {
        try {
            delete(own);
            lock.close();
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw RocksErrors.of(e, own);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /** The files of a directory, with their lengths, by name. */
    static Map<String, Long> files(Path directory) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (Path file : entries(directory)) {
            files.put(String.valueOf(file.getFileName()), Files.size(file));
        }
        return files;
    }

    /** Removes a directory with everything in it; nothing if it is not there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(directory)) {
            found.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** @throws FileAlreadyExistsException if it is there */
    static Path createIn(Path directory, String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }
}
