package io.millrace.taskmanager.server.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for files of this process alone, below one that all processes of the machine use. It is gone when it is
 * closed. A process that is killed leaves its directory behind; the next one removes it, for the operating system has
 * let go of the lock that says whether its owner lives.
 */
public final class ScratchDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
    private static final String PREFIX = "millrace-taskmanager-";
    private static final String LOCK = ".lock";
    private static final int MOST_TRIES = 100;

    private final Path path;
    private final FileChannel lockFile;

    private ScratchDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes one, and removes those whose owners are dead. */
    public static ScratchDirectory below(Path parent) throws IOException {
        removeAbandoned(parent);
        for (int tries = 1; ; tries++) {
            Path path = Files.createTempDirectory(parent, PREFIX);
            Optional<FileChannel> own = lock(path, StandardOpenOption.CREATE);
            if (own.isPresent()) {
                return new ScratchDirectory(path, own.get());
            }
            // Another process that starts took it for abandoned, before it was locked.
            if (tries == MOST_TRIES) {
                throw new IOException("No directory could be locked below " + parent);
            }
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var paths = Files.newDirectoryStream(parent, PREFIX + "*")) {
            paths.forEach(found::add);
        }
        for (Path path : found) {
            if (!Files.exists(path.resolve(LOCK))) {
                continue;
            }
            try {
                Optional<FileChannel> abandoned = lock(path, StandardOpenOption.WRITE);
                if (abandoned.isPresent()) {
                    new ScratchDirectory(path, abandoned.get()).close();
                    LOG.info("event=abandoned-directory-removed path={}", path);
                }
            } catch (IOException e) {
                // Another user's, or another process removes it at the same time.
                LOG.debug("event=directory-not-removed path={} why={}", path, e.toString());
            }
        }
    }

    /** @return the open file of a lock that is held; empty if somebody else holds it, or the directory is gone */
    private static Optional<FileChannel> lock(Path directory, StandardOpenOption how) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE, how);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            FileLock lock = file.tryLock();
            // A lock of a file that was deleted meanwhile protects nothing.
            held = lock != null && Files.exists(directory.resolve(LOCK));
        } catch (OverlappingFileLockException e) {
            held = false;
        } finally {
            if (!held) {
                file.close();
            }
        }
        return held ? Optional.of(file) : Optional.empty();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            delete(path);
        } finally {
            lockFile.close();
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
