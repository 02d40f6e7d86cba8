package io.millrace.api.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes that serializers write into. Little-endian; grows by doubling. Not thread-safe. Final, so
 * that calls are inlined.
 */
public final class BinaryWriter {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int position;

    public BinaryWriter(int initialCapacity) {
        this.bytes = new byte[Math.max(16, initialCapacity)];
    }

    /** The array written into; its first {@link #position} bytes count. Replaced when it grows. */
    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    /** Forgets everything from {@code newPosition} on. */
    public void setPosition(int newPosition) {
        if (newPosition < 0 || newPosition > bytes.length) {
            throw new IllegalArgumentException("position " + newPosition + " outside 0.." + bytes.length);
        }
        position = newPosition;
    }

    /** Removes the first {@code count} bytes and moves the rest to the front. */
    public void discardFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, position - count);
        position -= count;
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        ensure(2);
        SHORTS.set(bytes, position, (short) value);
        position += 2;
    }

    public void writeChar(int value) {
        writeShort(value);
    }

    public void writeInt(int value) {
        ensure(4);
        INTS.set(bytes, position, value);
        position += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONGS.set(bytes, position, value);
        position += 8;
    }

    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Overwrites four bytes at {@code at}, which were written before: for lengths known only afterwards. */
    public void setInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** A non-negative int in 1 to 5 bytes, seven bits each, low bits first. */
    public void writeVarInt(int value) {
        ensure(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /**
     * A string: a variable-length header of twice its length plus one bit (1: two bytes per character), then its
     * characters.
     */
    public void writeString(String value) {
        int length = value.length();
        ensure(5 + length);
        int header = position;
        writeVarInt(length << 1);
        int at = position;
        byte[] target = bytes;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                position = header;
                writeWide(value, length);
                return;
            }
            target[at + i] = (byte) c;
        }
        position = at + length;
    }

    private void writeWide(String value, int length) {
        ensure(5 + 2 * length);
        writeVarInt(length << 1 | 1);
        for (int i = 0; i < length; i++) {
            SHORTS.set(bytes, position, (short) value.charAt(i));
            position += 2;
        }
    }

    private void ensure(int more) {
        if (bytes.length - position < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = Math.max((long) bytes.length * 2, (long) position + more);
        if ((long) position + more > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("A record of more than 2 GiB cannot be serialized");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
}
