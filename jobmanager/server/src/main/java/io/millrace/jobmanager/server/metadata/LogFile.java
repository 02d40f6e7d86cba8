package io.millrace.jobmanager.server.metadata;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.log.LoggedJobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata log on disk: the file with the highest number in its directory. When it has grown well beyond what it
 * says, what it says is written to a file with the next number, which then takes its place whole. Belongs to one thread
 * at a time; every call may block.
 */
final class LogFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final Pattern NAME = Pattern.compile("log-([1-9][0-9]{0,17})");
    private static final String PART = "log.part";
    private static final int GROWTH = 4;

    private final Path directory;
    private final long leastRotationBytes;
    private final LoggedJobs jobs;

    private FileChannel channel;
    private long number;
    private long end;
    private long compactBytes;

    /** Whether there may be bytes behind the end. */
    private boolean dirty;

    /** Whether the name of the file is durable. */
    private boolean named;

    private LogFile(Path directory, long leastRotationBytes, LoggedJobs jobs, FileChannel channel, long number) {
        this.directory = directory;
        this.leastRotationBytes = leastRotationBytes;
        this.jobs = jobs;
        this.channel = channel;
        this.number = number;
    }

    /**
     * Opens the log, or begins it.
     *
     * @param leastRotationBytes a file that is smaller is not replaced
     * @throws MillraceException {@code METADATA_LOG_DAMAGED} or {@code METADATA_LOG_UNUSABLE}
     */
    static LogFile open(Path directory, long leastRotationBytes) {
        try {
            Files.createDirectories(directory);
            NavigableMap<Long, Path> files = files(directory);
            LoggedJobs jobs = new LoggedJobs();
            if (files.isEmpty()) {
                LogFile fresh = new LogFile(directory, leastRotationBytes, jobs, write(directory, 1, List.of()), 1);
                fresh.end = fresh.channel.size();
                fresh.compactBytes = fresh.end;
                fresh.repair();
                return fresh;
            }
            long number = files.lastKey();
            Path file = files.lastEntry().getValue();
            long end = LogFormat.read(file.toString(), number, ByteBuffer.wrap(Files.readAllBytes(file)), jobs::apply);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            LogFile log = new LogFile(directory, leastRotationBytes, jobs, channel, number);
            log.end = end;
            log.compactBytes = end;
            if (channel.size() != end) {
                LOG.warn("file={} event=truncated from={} to={}", file, channel.size(), end);
            }
            log.repair();
            for (Path old : files.headMap(number).values()) {
                Files.deleteIfExists(old);
            }
            return log;
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** What the log says. */
    LoggedJobs jobs() {
        return jobs;
    }

    /**
     * Makes entries durable, all or none of them.
     *
     * @throws MillraceException {@code METADATA_LOG_FAILED} if they are certainly not in the log;
     *     {@code METADATA_LOG_UNKNOWN} if they may be
     */
    void append(List<LogEntry> entries) {
        try {
            if (dirty) {
                repair();
            }
            dirty = true;
            ByteBuffer bytes = LogFormat.records(number, end, entries);
            long newEnd = end + bytes.remaining();
            writeAll(channel, bytes, end);
            channel.force(false);
            end = newEnd;
            dirty = false;
        } catch (IOException e) {
            throw failed(e);
        }
        entries.forEach(jobs::apply);
        if (end > Math.max(leastRotationBytes, GROWTH * compactBytes)) {
            rotate();
        }
    }

    /** In bytes. */
    long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whatever was not written to its end is taken away, so that it is certainly not there. */
    private void repair() throws IOException {
        channel.truncate(end);
        channel.force(true);
        if (!named) {
            try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
                self.force(true);
            }
            named = true;
        }
        dirty = false;
    }

    private MillraceException failed(IOException cause) {
        boolean known = true;
        try {
            repair();
        } catch (IOException e) {
            known = false;
            cause.addSuppressed(e);
        }
        MetadataError code = known ? MetadataError.METADATA_LOG_FAILED : MetadataError.METADATA_LOG_UNKNOWN;
        return Problem.of(code, "The metadata log cannot be written")
                .at(fileOf(directory, number).toString())
                .because(cause.toString())
                .fix("Check that the disk has room and works; jobs go on meanwhile, and what waits is tried again")
                .asException(cause);
    }

    /** A file that has taken its name is the log from then on, whatever else fails. */
    private void rotate() {
        Path old = fileOf(directory, number);
        FileChannel next;
        try {
            next = write(directory, number + 1, jobs.compacted());
        } catch (IOException e) {
            compactBytes = end;
            LOG.warn("file={} event=not-rotated reason=\"{}\"", old, e.toString());
            return;
        }
        FileChannel last = channel;
        channel = next;
        number++;
        dirty = true;
        named = false;
        try (last) {
            end = next.size();
            compactBytes = end;
            repair();
            Files.deleteIfExists(old);
            LOG.info("file={} event=rotated bytes={}", fileOf(directory, number), end);
        } catch (IOException e) {
            LOG.warn("file={} event=not-settled reason=\"{}\"", fileOf(directory, number), e.toString());
        }
    }

    /** @return open for writing, with its content durable, but not yet its name */
    private static FileChannel write(Path directory, long number, List<LogEntry> entries) throws IOException {
        Path part = directory.resolve(PART);
        FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            writeAll(channel, LogFormat.header(number), 0);
            writeAll(channel, LogFormat.records(number, LogFormat.HEADER_BYTES, entries), LogFormat.HEADER_BYTES);
            channel.force(true);
            Files.move(part, fileOf(directory, number), StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private static NavigableMap<Long, Path> files(Path directory) throws IOException {
        NavigableMap<Long, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "log-*")) {
            for (Path file : found) {
                Matcher matcher = NAME.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    files.put(Long.parseLong(matcher.group(1)), file);
                }
            }
        }
        return files;
    }

    private static Path fileOf(Path directory, long number) {
        return directory.resolve("log-" + number);
    }

    private static MillraceException unusable(Path directory, IOException e) {
        return Problem.of(MetadataError.METADATA_LOG_UNUSABLE, "Cannot use the metadata log")
                .at(directory.toString())
                .because(e.toString())
                .fix("Make it readable and writable for this user, or name another directory with data.dir")
                .asException(e);
    }
}
