package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.Map;

/** Serializers of arrays of primitives: a variable-length count, then the elements at their full size. */
final class PrimitiveArraySerializers {
    static final Map<Class<?>, TypeSerializer<?>> BY_CLASS = Map.of(
            boolean[].class, new BooleanArrays(),
            byte[].class, new ByteArrays(),
            short[].class, new ShortArrays(),
            char[].class, new CharArrays(),
            int[].class, new IntArrays(),
            long[].class, new LongArrays(),
            float[].class, new FloatArrays(),
            double[].class, new DoubleArrays());

    private PrimitiveArraySerializers() {}

    private abstract static class ArraySerializer<T> extends TypeSerializer<T> {
        @Override
        public final boolean isImmutableType() {
            return false;
        }

        /** The count that is next, of elements of {@code size} bytes. */
        static int readCount(BinaryReader in, int size) {
            int count = in.readVarInt();
            if (count < 0 || count > in.remaining() / size) {
                throw new IndexOutOfBoundsException("Counts " + count + " elements, has " + in.remaining() + " bytes");
            }
            return count;
        }
    }

    private static final class BooleanArrays extends ArraySerializer<boolean[]> {
        @Override
        public boolean[] copy(boolean[] value) {
            return value.clone();
        }

        @Override
        public void serialize(boolean[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (boolean element : value) {
                out.writeBoolean(element);
            }
        }

        @Override
        public boolean[] deserialize(BinaryReader in) {
            boolean[] result = new boolean[readCount(in, 1)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readBoolean();
            }
            return result;
        }
    }

    private static final class ByteArrays extends ArraySerializer<byte[]> {
        @Override
        public byte[] copy(byte[] value) {
            return value.clone();
        }

        @Override
        public void serialize(byte[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            out.write(value, 0, value.length);
        }

        @Override
        public byte[] deserialize(BinaryReader in) {
            byte[] result = new byte[readCount(in, 1)];
            in.read(result, 0, result.length);
            return result;
        }
    }

    private static final class ShortArrays extends ArraySerializer<short[]> {
        @Override
        public short[] copy(short[] value) {
            return value.clone();
        }

        @Override
        public void serialize(short[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (short element : value) {
                out.writeShort(element);
            }
        }

        @Override
        public short[] deserialize(BinaryReader in) {
            short[] result = new short[readCount(in, 2)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readShort();
            }
            return result;
        }
    }

    private static final class CharArrays extends ArraySerializer<char[]> {
        @Override
        public char[] copy(char[] value) {
            return value.clone();
        }

        @Override
        public void serialize(char[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (char element : value) {
                out.writeChar(element);
            }
        }

        @Override
        public char[] deserialize(BinaryReader in) {
            char[] result = new char[readCount(in, 2)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readChar();
            }
            return result;
        }
    }

    private static final class IntArrays extends ArraySerializer<int[]> {
        @Override
        public int[] copy(int[] value) {
            return value.clone();
        }

        @Override
        public void serialize(int[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (int element : value) {
                out.writeInt(element);
            }
        }

        @Override
        public int[] deserialize(BinaryReader in) {
            int[] result = new int[readCount(in, 4)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readInt();
            }
            return result;
        }
    }

    private static final class LongArrays extends ArraySerializer<long[]> {
        @Override
        public long[] copy(long[] value) {
            return value.clone();
        }

        @Override
        public void serialize(long[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (long element : value) {
                out.writeLong(element);
            }
        }

        @Override
        public long[] deserialize(BinaryReader in) {
            long[] result = new long[readCount(in, 8)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readLong();
            }
            return result;
        }
    }

    private static final class FloatArrays extends ArraySerializer<float[]> {
        @Override
        public float[] copy(float[] value) {
            return value.clone();
        }

        @Override
        public void serialize(float[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (float element : value) {
                out.writeFloat(element);
            }
        }

        @Override
        public float[] deserialize(BinaryReader in) {
            float[] result = new float[readCount(in, 4)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readFloat();
            }
            return result;
        }
    }

    private static final class DoubleArrays extends ArraySerializer<double[]> {
        @Override
        public double[] copy(double[] value) {
            return value.clone();
        }

        @Override
        public void serialize(double[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (double element : value) {
                out.writeDouble(element);
            }
        }

        @Override
        public double[] deserialize(BinaryReader in) {
            double[] result = new double[readCount(in, 8)];
            for (int i = 0; i < result.length; i++) {
                result[i] = in.readDouble();
            }
            return result;
        }
    }
}
