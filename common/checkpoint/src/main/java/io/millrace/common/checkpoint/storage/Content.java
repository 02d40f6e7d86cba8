package io.millrace.common.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in pieces, to be stored as one object. They are handed over, not copied: nobody changes them afterwards. May be
 * read any number of times, by any thread, so that a call can be made again.
 */
public final class Content {
    private final List<ByteBuffer> pieces;
    private final long length;

    /** @param pieces the remaining bytes of each, in this order */
    public Content(List<ByteBuffer> pieces) {
        this.pieces = pieces.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        this.length = this.pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    public static Content of(byte[] bytes) {
        return new Content(List.of(ByteBuffer.wrap(bytes)));
    }

    /** In bytes. */
    public long length() {
        return length;
    }

    /** The pieces, each with a position of its own. */
    public List<ByteBuffer> pieces() {
        List<ByteBuffer> fresh = new ArrayList<>(pieces.size());
        for (ByteBuffer piece : pieces) {
            fresh.add(piece.duplicate());
        }
        return fresh;
    }

    /**
     * Whether {@code stream} holds these bytes and then ends. Reads it up to the first difference.
     *
     * @throws IOException what the stream throws
     */
    public boolean equalTo(InputStream stream) throws IOException {
        for (ByteBuffer piece : pieces()) {
            while (piece.hasRemaining()) {
                byte[] read = stream.readNBytes(Math.min(piece.remaining(), 1 << 16));
                if (read.length == 0) {
                    return false;
                }
                ByteBuffer expected = piece.slice(piece.position(), read.length);
                if (!expected.equals(ByteBuffer.wrap(read))) {
                    return false;
                }
                piece.position(piece.position() + read.length);
            }
        }
        return stream.read() < 0;
    }
}
