package io.millrace.client.connectors.files;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written under a hidden name, until it is finished or discarded. */
final class PartFile {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path hidden;
    private final Path visible;
    private final FileChannel channel;
    private final CountingStream stream;
    private final long createdMillis;
    private long writtenMillis;

    private PartFile(Path hidden, Path visible, FileChannel channel, long nowMillis) {
        this.hidden = hidden;
        this.visible = visible;
        this.channel = channel;
        this.stream = new CountingStream(java.nio.channels.Channels.newOutputStream(channel));
        this.createdMillis = nowMillis;
        this.writtenMillis = nowMillis;
    }

    static PartFile create(Path hidden, Path visible, long nowMillis) throws IOException {
        Files.createDirectories(directoryOf(hidden));
        FileChannel channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new PartFile(hidden, visible, channel, nowMillis);
    }

    static Path directoryOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Makes the names in a directory last. */
    static void sync(Path directory) throws IOException {
        // Windows opens no directories; its file systems journal names themselves.
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    OutputStream stream(long nowMillis) {
        writtenMillis = nowMillis;
        return stream;
    }

    long bytes() {
        return stream.bytes;
    }

    long createdMillis() {
        return createdMillis;
    }

    long writtenMillis() {
        return writtenMillis;
    }

    /** Its bytes are on the disk and nothing is added any more; its name lasts when the directory is synced. */
    FileCommittable finish() throws IOException {
        try (channel) {
            stream.flush();
            channel.force(true);
        }
        return new FileCommittable(hidden.toString(), visible.toString(), stream.bytes);
    }

    void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(hidden);
    }

    /** Buffers and counts. */
    private static final class CountingStream extends FilterOutputStream {
        private long bytes;

        CountingStream(OutputStream target) {
            super(new BufferedOutputStream(target, BUFFER_BYTES));
        }

        @Override
        public void write(int oneByte) throws IOException {
            out.write(oneByte);
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            bytes += length;
        }
    }
}
