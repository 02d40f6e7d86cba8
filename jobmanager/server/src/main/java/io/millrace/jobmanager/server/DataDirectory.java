package io.millrace.jobmanager.server;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a JobManager keeps on disk. Held by one process at a time, and each holder leads under a greater epoch than all
 * before it. Used at the start and the end of the process only.
 */
final class DataDirectory implements AutoCloseable {
    private static final int MAX_EPOCH_CHARS = 20;

    private final Path directory;
    private final FileChannel lockFile;
    private final Epoch epoch;

    private DataDirectory(Path directory, FileChannel lockFile, Epoch epoch) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.epoch = epoch;
    }

    /**
     * Takes the directory and the next epoch.
     *
     * @param epochMillis wall clock; the first epoch of a new directory, so that it is above those of a directory that
     *     was lost
     */
    static DataDirectory open(Path directory, long epochMillis) {
        try {
            Path metadata = Files.createDirectories(directory.resolve("metadata"));
            FileChannel lockFile =
                    FileChannel.open(metadata.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(lockFile, directory);
                Epoch epoch = nextEpoch(metadata, epochMillis);
                return new DataDirectory(directory, lockFile, epoch);
            } catch (MillraceException | IOException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw Problem.of(JobManagerError.DATA_DIR_UNUSABLE, "Cannot use the data directory")
                    .at(directory.toString())
                    .because(e.toString())
                    .fix("Make it writable for this user, or name another with data.dir")
                    .asException(e);
        }
    }

    Epoch epoch() {
        return epoch;
    }

    Path blobs() {
        return directory.resolve("blobs");
    }

    /** For the metadata log. */
    Path metadata() {
        return directory.resolve("metadata");
    }

    /** Lets another process have it. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static void lock(FileChannel lockFile, Path directory) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw Problem.of(JobManagerError.DATA_DIR_IN_USE, "Another JobManager uses the data directory")
                    .at(directory.toString())
                    .fix("Stop it first, or give this one a directory of its own with data.dir")
                    .asException();
        }
    }

    private static Epoch nextEpoch(Path metadata, long epochMillis) throws IOException {
        Path file = metadata.resolve("epoch");
        long next = Files.exists(file) ? read(file) + 1 : epochMillis;
        Path part = metadata.resolve("epoch.part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((next + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel self = FileChannel.open(metadata, StandardOpenOption.READ)) {
            self.force(true);
        }
        return new Epoch(next);
    }

    /** Never guesses: an epoch that is too low would have this leader fenced by every TaskManager. */
    private static long read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.US_ASCII).strip();
        try {
            if (bytes.length > MAX_EPOCH_CHARS || Long.parseLong(text) < 0) {
                throw new NumberFormatException("out of range");
            }
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.of(JobManagerError.DATA_DIR_DAMAGED, "The file does not hold the number of an epoch")
                    .at(file.toString())
                    .because(bytes.length + " bytes, starting '" + text.substring(0, Math.min(20, text.length())) + "'")
                    .fix("Write a number into it that is above every epoch in the logs, or remove it")
                    .asException(e);
        }
    }
}
