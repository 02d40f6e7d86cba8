package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryWriter;

/**
 * How the keys of a table begin in the database. Numbers are big-endian, with the sign flipped where there is one, so
 * that bytes have their order. A key begins with the number of its table (2 bytes).
 */
enum Layout {
    /** Key group (2), key, then the key of a map where there is one. */
    KEYED(4),
    /** End of the slice (8), key group (2), key. */
    SLICED(12),
    /** Time (8), key group (2), key. */
    TIMERS(12);

    static final int TABLE_BYTES = 2;
    private static final int GROUP_BYTES = 2;

    private final int headerBytes;

    Layout(int headerBytes) {
        this.headerBytes = headerBytes;
    }

    /** What lies before the operator's key. */
    int headerBytes() {
        return headerBytes;
    }

    /** The key group that a key of the database says. */
    int group(byte[] key) {
        int at = headerBytes - GROUP_BYTES;
        return ((key[at] & 0xFF) << 8) | (key[at + 1] & 0xFF);
    }

    /** The time or the end of the slice that a key of the database says. */
    static long time(byte[] key) {
        long flipped = 0;
        for (int i = TABLE_BYTES; i < TABLE_BYTES + Long.BYTES; i++) {
            flipped = (flipped << 8) | (key[i] & 0xFF);
        }
        return flipped ^ Long.MIN_VALUE;
    }

    /** What all keys of a table begin with. */
    static byte[] prefix(int number) {
        return new byte[] {(byte) (number >>> 8), (byte) number};
    }

    static void writeShort(BinaryWriter out, int value) {
        out.writeByte(value >>> 8);
        out.writeByte(value);
    }

    static void writeTime(BinaryWriter out, long time) {
        out.writeLong(Long.reverseBytes(time ^ Long.MIN_VALUE));
    }
}
