package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryWriter;
import java.util.Arrays;

/**
 * Changes of a database, collected in the form in which RocksDB keeps them in a write batch: so that all of them cross
 * into native code in one call. The form is that of RocksDB's log files: 8 bytes sequence number, 4 bytes count, then
 * per change its kind, key and value, each with its length in front.
 */
final class Batch {
    private static final int COUNT_OFFSET = 8;
    private static final int DELETE = 0x0;
    private static final int PUT = 0x1;
    private static final int DELETE_RANGE = 0xF;

    private final BinaryWriter out = new BinaryWriter(64 * 1024);
    private int count;

    Batch() {
        clear();
    }

    void clear() {
        out.setPosition(0);
        out.writeLong(0);
        out.writeInt(0);
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int bytes() {
        return out.position();
    }

    void put(BinaryWriter key, BinaryWriter value) {
        out.writeByte(PUT);
        append(key.bytes(), key.position());
        append(value.bytes(), value.position());
        count++;
    }

    void put(byte[] key, byte[] value) {
        out.writeByte(PUT);
        append(key, key.length);
        append(value, value.length);
        count++;
    }

    void delete(BinaryWriter key) {
        out.writeByte(DELETE);
        append(key.bytes(), key.position());
        count++;
    }

    void delete(byte[] key) {
        out.writeByte(DELETE);
        append(key, key.length);
        count++;
    }

    /** Deletes the keys from {@code from} up to and without {@code to}. */
    void deleteRange(byte[] from, byte[] to) {
        out.writeByte(DELETE_RANGE);
        append(from, from.length);
        append(to, to.length);
        count++;
    }

    private void append(byte[] bytes, int length) {
        out.writeVarInt(length);
        out.write(bytes, 0, length);
    }

    byte[] toBytes() {
        out.setInt(COUNT_OFFSET, count);
        return Arrays.copyOf(out.bytes(), out.position());
    }
}
