package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.Content;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The content of one request on its way out, read from its pieces. Tells whether the store may have got all of it: what
 * was never handed over whole cannot have been stored. Belongs to the thread that puts.
 */
final class Upload implements ContentStreamProvider {
    private final Content content;
    private boolean transmitting;
    private boolean handedOver;

    Upload(Content content) {
        this.content = content;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this, content.length(), "application/octet-stream");
    }

    /** From now on what is read goes to the store. */
    void transmit() {
        transmitting = true;
    }

    boolean isTransmitting() {
        return transmitting;
    }

    /** Of all content, as the store verifies it: CRC32, big-endian, in Base64. */
    String checksum() {
        CRC32 checksum = new CRC32();
        content.pieces().forEach(checksum::update);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    long length() {
        return content.length();
    }

    /** Whether the last byte has gone to the store. */
    boolean isHandedOver() {
        return handedOver;
    }

    @Override
    public InputStream newStream() {
        return new Pieces(content.pieces(), content.length());
    }

    private final class Pieces extends InputStream {
        private final List<ByteBuffer> pieces;
        private int current;
        private long remaining;

        Pieces(List<ByteBuffer> pieces, long length) {
            this.pieces = pieces;
            this.remaining = length;
            handedOver |= transmitting && length == 0;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (remaining == 0) {
                return -1;
            }
            ByteBuffer piece = pieces.get(current);
            while (!piece.hasRemaining()) {
                piece = pieces.get(++current);
            }
            int read = Math.min(length, piece.remaining());
            piece.get(bytes, offset, read);
            remaining -= read;
            handedOver |= transmitting && remaining == 0;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(remaining, Integer.MAX_VALUE);
        }
    }
}
