package io.millrace.jobmanager.server.metadata;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.jobmanager.control.contract.LogEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Bytes of a log file: a header, then records. A record is its length, a checksum of its number in the directory, its
 * offset and its length, a checksum of these and its content, and the content. So a length that was damaged is not
 * taken for a record that was not written to its end.
 */
final class LogFormat {
    static final int HEADER_BYTES = 20;
    static final int RECORD_HEADER_BYTES = 12;
    static final int MAX_CONTENT_BYTES = 256 << 20;

    private static final int MAGIC = 0x4d524d4c; // "MRML"
    /** 2: the end of a job says why it failed. All before are read. */
    private static final int VERSION = 2;

    private static final int SECTOR_BYTES = 512;

    private LogFormat() {}

    /** @param number of the file in its directory */
    static ByteBuffer header(long number) {
        return header(number, VERSION);
    }

    private static ByteBuffer header(long number, int version) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).putInt(MAGIC).putInt(version).putLong(number);
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().flip());
        return header.putInt((int) crc.getValue()).flip();
    }

    /** @param offset at which the first record will be */
    static ByteBuffer records(long number, long offset, List<LogEntry> entries) {
        List<byte[]> contents = entries.stream().map(EntryCodec::encode).toList();
        int size = contents.stream()
                .mapToInt(content -> RECORD_HEADER_BYTES + content.length)
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (byte[] content : contents) {
            long at = offset + bytes.position();
            bytes.putInt(content.length)
                    .putInt(headerChecksum(number, at, content.length))
                    .putInt(contentChecksum(number, at, ByteBuffer.wrap(content)))
                    .put(content);
        }
        return bytes.flip();
    }

    /**
     * Reads a whole file.
     *
     * @param file its path, for messages
     * @return where its last whole record ends; what follows was not written to its end and never answered for
     * @throws MillraceException {@code METADATA_LOG_DAMAGED} for anything else that was not written so
     */
    static long read(String file, long number, ByteBuffer bytes, Consumer<LogEntry> entries) {
        if (bytes.limit() < HEADER_BYTES || !isHeader(number, bytes.slice(0, HEADER_BYTES))) {
            if (bytes.limit() >= Integer.BYTES * 2 && bytes.getInt(0) == MAGIC && bytes.getInt(4) > VERSION) {
                throw damaged(file, 4, "It has format version " + bytes.getInt(4) + ", this build reads " + VERSION);
            }
            throw damaged(file, 0, "It does not begin as a metadata log with its number does");
        }
        int at = HEADER_BYTES;
        while (at < bytes.limit()) {
            int end = endOf(file, number, bytes, at);
            if (end < 0) {
                return at;
            }
            try {
                entries.accept(
                        EntryCodec.decode(bytes.slice(at + RECORD_HEADER_BYTES, end - at - RECORD_HEADER_BYTES)));
            } catch (IllegalArgumentException e) {
                throw damaged(file, at, "It was written wrong, or by a newer version: " + e.getMessage());
            }
            at = end;
        }
        return at;
    }

    private static boolean isHeader(long number, ByteBuffer found) {
        for (int version = 1; version <= VERSION; version++) {
            if (header(number, version).equals(found)) {
                return true;
            }
        }
        return false;
    }

    /** @return -1 if the record was not written to its end */
    private static int endOf(String file, long number, ByteBuffer bytes, int at) {
        int rest = bytes.limit() - at;
        if (rest < RECORD_HEADER_BYTES || isZero(bytes, at)) {
            return -1;
        }
        int length = bytes.getInt(at);
        if (bytes.getInt(at + 4) != headerChecksum(number, at, length) || length < 0 || length > MAX_CONTENT_BYTES) {
            throw damaged(file, at, "The checksum of a record's length is another than the one written");
        }
        if (length > rest - RECORD_HEADER_BYTES) {
            return -1;
        }
        int end = at + RECORD_HEADER_BYTES + length;
        ByteBuffer content = bytes.slice(at + RECORD_HEADER_BYTES, length);
        if (bytes.getInt(at + 8) != contentChecksum(number, at, content)) {
            if (end == bytes.limit() && endsUnwritten(bytes, at)) {
                return -1;
            }
            throw damaged(file, at, "The checksum of a record's content is another than the one written");
        }
        return end;
    }

    /**
     * Whether the last sectors of the file were never written: after a power failure a file can have its new length
     * without its new content. Nobody was answered for such a record.
     */
    private static boolean endsUnwritten(ByteBuffer bytes, int at) {
        int lastSector = (bytes.limit() - 1) / SECTOR_BYTES * SECTOR_BYTES;
        return lastSector > at && isZero(bytes, lastSector);
    }

    private static boolean isZero(ByteBuffer bytes, int from) {
        for (int i = from; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int headerChecksum(long number, long offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(place(number, offset).putInt(length).flip());
        return (int) crc.getValue();
    }

    private static int contentChecksum(long number, long offset, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(place(number, offset).putInt(content.remaining()).flip());
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }

    private static ByteBuffer place(long number, long offset) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(number)
                .putLong(offset);
    }

    static MillraceException damaged(String file, long offset, String why) {
        return Problem.of(MetadataError.METADATA_LOG_DAMAGED, "The metadata log is damaged")
                .at(file + ", byte " + offset)
                .because(why)
                .fix("Restore the file from a copy. Without it this JobManager forgets its jobs: move it away only if"
                        + " they are to be started again from their checkpoints")
                .asException();
    }
}
