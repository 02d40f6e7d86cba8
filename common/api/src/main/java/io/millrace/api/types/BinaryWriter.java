package io.millrace.api.types;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
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

    private static final int MAX_VAR_INT = 5;
    private static final int MAX_STRING = (1 << 30) - 16;

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

    /** An int in 1 to 5 bytes, seven bits each, low bits first. Short for small non-negative ints. */
    public void writeVarInt(int value) {
        ensure(MAX_VAR_INT);
        if ((value & ~0x7F) == 0) {
            bytes[position++] = (byte) value;
        } else {
            position = putVarInt(position, value);
        }
    }

    private int putVarInt(int at, int value) {
        int next = at;
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /**
     * A string: a variable-length header of twice its length plus one bit, then its characters. With the bit 0 all
     * characters are below 256 and take one byte each; with the bit 1 each takes two bytes.
     */
    public void writeString(String value) {
        int length = value.length();
        if (length > MAX_STRING) {
            throw tooLarge("A string of " + length + " characters");
        }
        ensure(MAX_VAR_INT + length);
        int at = putVarInt(position, length << 1);
        if (StringContent.isVisibleLatin1(value)) {
            StringContent.copyLatin1(value, bytes, at, length);
            position = at + length;
        } else if (copyNarrow(value, length, at)) {
            position = at + length;
        } else {
            writeWide(value, length);
        }
    }

    /** Copies characters as single bytes; false at the first one that needs two. */
    private boolean copyNarrow(String value, int length, int at) {
        byte[] target = bytes;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                return false;
            }
            target[at + i] = (byte) c;
        }
        return true;
    }

    private void writeWide(String value, int length) {
        ensure(MAX_VAR_INT + 2 * length);
        int at = putVarInt(position, length << 1 | 1);
        for (int i = 0; i < length; i++) {
            SHORTS.set(bytes, at, (short) value.charAt(i));
            at += 2;
        }
        position = at;
    }

    private void ensure(int more) {
        if (bytes.length - position < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = Math.max((long) bytes.length * 2, (long) position + more);
        if ((long) position + more > Integer.MAX_VALUE - 16) {
            throw tooLarge("A value of more than 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }

    private static MillraceException tooLarge(String what) {
        return Problem.of(TypeErrors.VALUE_TOO_LARGE, what + " cannot be serialized")
                .fix("Split it into smaller values")
                .asException();
    }
}
