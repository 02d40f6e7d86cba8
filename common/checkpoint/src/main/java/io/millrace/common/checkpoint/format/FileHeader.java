package io.millrace.common.checkpoint.format;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The beginning of every file: what it is and whose. These bytes keep their places in all versions, so that a file of a
 * newer one is told from a damaged one.
 *
 * @param nonce drawn by the writer; part of every checksum in the file, so that no block of another file passes here
 */
record FileHeader(FileKind kind, long nonce, JobId job, long checkpoint) {
    static final int VERSION = 1;
    static final int BYTES = SegmentFile.HEADER_BYTES;

    /** "MLRC" */
    static final int MAGIC = 0x4D4C5243;

    private static final int CHECKED_BYTES = BYTES - 4;

    ByteBuffer encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt(MAGIC)
                .putShort((short) VERSION)
                .put((byte) kind.code())
                .put((byte) 0)
                .putLong(nonce)
                .putLong(job.mostSignificant())
                .putLong(job.leastSignificant())
                .putLong(checkpoint)
                .putInt(checksum(bytes));
        return bytes.flip();
    }

    /** @param bytes the first of the file, as many as there are up to {@link #BYTES} */
    static FileHeader decode(String file, FileKind expected, ByteBuffer bytes) {
        if (bytes.remaining() < BYTES) {
            throw Damage.endsEarly(file, bytes.remaining(), BYTES - bytes.remaining());
        }
        ByteBuffer from = bytes.slice(bytes.position(), BYTES);
        int magic = from.getInt();
        if (magic != MAGIC) {
            throw Damage.at(file, 0, "It begins with " + hex(magic) + " instead of " + hex(MAGIC));
        }
        int version = from.getShort() & 0xffff;
        int kind = from.get() & 0xff;
        int unused = from.get();
        FileHeader header =
                new FileHeader(expected, from.getLong(), new JobId(from.getLong(), from.getLong()), from.getLong());
        int found = from.getInt();
        int sum = checksum(from);
        if (sum != found) {
            throw Damage.at(
                    file, CHECKED_BYTES, "The header's checksum is " + hex(sum) + ", the file says " + hex(found));
        }
        if (version > VERSION) {
            throw Damage.newer(file, version);
        }
        if (version != VERSION || kind != expected.code() || unused != 0) {
            throw Damage.foreign(
                    file,
                    "It has version " + version + " and kind " + kind + ", looked for was a "
                            + expected.name().toLowerCase(Locale.ROOT) + " of version " + VERSION);
        }
        return header;
    }

    private static int checksum(ByteBuffer header) {
        CRC32C sum = new CRC32C();
        sum.update(header.duplicate().position(0).limit(CHECKED_BYTES));
        return (int) sum.getValue();
    }

    static String hex(int value) {
        return String.format("%08x", value);
    }
}
