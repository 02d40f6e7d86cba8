package io.millrace.client.connectors.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written under a hidden name and then published under its own, whole or not at all. */
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

    static PartFile create(Path directory, String name, long nowMillis) throws IOException {
        Files.createDirectories(directory);
        Path hidden = directory.resolve("." + name + ".inprogress");
        FileChannel channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new PartFile(hidden, directory.resolve(name), channel, nowMillis);
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

    void publish() throws IOException {
        try (channel) {
            stream.flush();
            channel.force(true);
        }
        Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
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
