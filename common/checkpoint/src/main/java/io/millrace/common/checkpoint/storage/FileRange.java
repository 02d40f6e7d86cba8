package io.millrace.common.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of a file as a stream; closes the channel it was given. Belongs to one thread. */
final class FileRange extends InputStream {
    private final FileChannel channel;
    private long position;
    private long remaining;

    FileRange(FileChannel channel, long offset, long length) {
        this.channel = channel;
        this.position = offset;
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int most = (int) Math.min(length, remaining);
        int read = most == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, most), position);
        if (read > 0) {
            position += read;
            remaining -= read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
