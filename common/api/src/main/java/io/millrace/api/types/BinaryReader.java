package io.millrace.api.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link BinaryWriter} wrote. Reading past the limit throws {@link IndexOutOfBoundsException}, which the
 * engine reports as damaged data. Not thread-safe. Final, so that calls are inlined.
 */
public final class BinaryReader {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int position;
    private int limit;

    /** Reads from {@code source[offset]} up to but without {@code source[offset + length]}. */
    public void reset(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        limit = offset + length;
    }

    public int position() {
        return position;
    }

    public void setPosition(int newPosition) {
        position = newPosition;
    }

    public int remaining() {
        return limit - position;
    }

    public byte readByte() {
        return bytes[advance(1)];
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public short readShort() {
        return (short) SHORTS.get(bytes, advance(2));
    }

    public char readChar() {
        return (char) readShort();
    }

    public int readInt() {
        return (int) INTS.get(bytes, advance(4));
    }

    public long readLong() {
        return (long) LONGS.get(bytes, advance(8));
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads what {@link BinaryWriter#writeVarInt} wrote. */
    public int readVarInt() {
        byte first = readByte();
        return first >= 0 ? first : readRest(first & 0x7F);
    }

    private int readRest(int firstBits) {
        int value = firstBits;
        for (int shift = 7; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("A variable-length int has more than five bytes");
    }

    public void read(byte[] target, int offset, int length) {
        System.arraycopy(bytes, advance(length), target, offset, length);
    }

    /** Reads what {@link BinaryWriter#writeString} wrote. */
    public String readString() {
        int header = readVarInt();
        int length = header >>> 1;
        if ((header & 1) == 0) {
            return new String(bytes, advance(length), length, StandardCharsets.ISO_8859_1);
        }
        return readWide(length);
    }

    /** Character by character, because a decoder would replace unpaired surrogates. */
    private String readWide(int length) {
        int at = advance(2 * length);
        char[] characters = new char[length];
        for (int i = 0; i < length; i++) {
            characters[i] = (char) (short) SHORTS.get(bytes, at + 2 * i);
        }
        return new String(characters);
    }

    /**
     * A variable-length int that counts what follows, each of at least one byte: never more than {@link #remaining}.
     */
    public int readCount() {
        int count = readVarInt();
        if (count < 0 || count > remaining()) {
            throw new IndexOutOfBoundsException("Counts " + count + " values, has " + remaining() + " bytes");
        }
        return count;
    }

    private int advance(int count) {
        int at = position;
        if (count < 0 || limit - at < count) {
            throw new IndexOutOfBoundsException("Needs " + count + " bytes, has " + (limit - at));
        }
        position = at + count;
        return at;
    }
}
