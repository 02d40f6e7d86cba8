package io.millrace.common.checkpoint.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A block: its length, its checksum, its content. The checksum also covers the file's nonce and the block's offset, so
 * that a block passes only in the file and at the place it was written to.
 */
final class BlockFormat {
    static final int HEADER_BYTES = 8;
    private static final int BOUND_BYTES = 20;

    private BlockFormat() {}

    /** @param offset of the block's header in the file */
    static ByteBuffer header(long nonce, long offset, ByteBuffer content) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(content.remaining())
                .putInt(checksum(nonce, offset, content))
                .flip();
    }

    static int checksum(long nonce, long offset, ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(BOUND_BYTES)
                .putLong(nonce)
                .putLong(offset)
                .putInt(content.remaining())
                .flip());
        sum.update(content.duplicate());
        return (int) sum.getValue();
    }

    /**
     * Checks a block's length before anything is made of it.
     *
     * @param remaining how many bytes may follow its header
     */
    static void requireLength(String file, long offset, int length, long remaining) {
        if (length < 1 || length > remaining) {
            throw Damage.at(
                    file, offset, "A block says it has " + length + " bytes where 1 to " + remaining + " may follow");
        }
    }

    static void requireChecksum(String file, long nonce, long offset, int expected, ByteBuffer content) {
        int found = checksum(nonce, offset, content);
        if (found != expected) {
            throw Damage.at(
                    file,
                    offset,
                    "The block's checksum is " + FileHeader.hex(found) + ", the file says " + FileHeader.hex(expected));
        }
    }
}
