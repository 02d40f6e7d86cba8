package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.util.Arrays;
import java.util.Map;

/** Hash and equality of arrays of primitives, by content. */
final class PrimitiveArrayHashers {
    static final Map<Class<?>, KeyHasher<?>> BY_CLASS = Map.of(
            boolean[].class, new BooleanArrays(),
            byte[].class, new ByteArrays(),
            short[].class, new ShortArrays(),
            char[].class, new CharArrays(),
            int[].class, new IntArrays(),
            long[].class, new LongArrays(),
            float[].class, new FloatArrays(),
            double[].class, new DoubleArrays());

    private PrimitiveArrayHashers() {}

    private static final class BooleanArrays extends KeyHasher<boolean[]> {
        @Override
        public int hash(boolean[] key) {
            int hash = key.length;
            for (boolean element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofBoolean(element));
            }
            return hash;
        }

        @Override
        public boolean equal(boolean[] a, boolean[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class ByteArrays extends KeyHasher<byte[]> {
        @Override
        public int hash(byte[] key) {
            int hash = key.length;
            for (byte element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofInt(element));
            }
            return hash;
        }

        @Override
        public boolean equal(byte[] a, byte[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class ShortArrays extends KeyHasher<short[]> {
        @Override
        public int hash(short[] key) {
            int hash = key.length;
            for (short element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofInt(element));
            }
            return hash;
        }

        @Override
        public boolean equal(short[] a, short[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class CharArrays extends KeyHasher<char[]> {
        @Override
        public int hash(char[] key) {
            int hash = key.length;
            for (char element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofInt(element));
            }
            return hash;
        }

        @Override
        public boolean equal(char[] a, char[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class IntArrays extends KeyHasher<int[]> {
        @Override
        public int hash(int[] key) {
            int hash = key.length;
            for (int element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofInt(element));
            }
            return hash;
        }

        @Override
        public boolean equal(int[] a, int[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class LongArrays extends KeyHasher<long[]> {
        @Override
        public int hash(long[] key) {
            int hash = key.length;
            for (long element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofLong(element));
            }
            return hash;
        }

        @Override
        public boolean equal(long[] a, long[] b) {
            return Arrays.equals(a, b);
        }
    }

    private static final class FloatArrays extends KeyHasher<float[]> {
        @Override
        public int hash(float[] key) {
            int hash = key.length;
            for (float element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofFloat(element));
            }
            return hash;
        }

        @Override
        public boolean equal(float[] a, float[] b) {
            boolean equal = a.length == b.length;
            for (int i = 0; equal && i < a.length; i++) {
                equal = KeyHash.equal(a[i], b[i]);
            }
            return equal;
        }
    }

    private static final class DoubleArrays extends KeyHasher<double[]> {
        @Override
        public int hash(double[] key) {
            int hash = key.length;
            for (double element : key) {
                hash = KeyHash.combine(hash, KeyHash.ofDouble(element));
            }
            return hash;
        }

        @Override
        public boolean equal(double[] a, double[] b) {
            boolean equal = a.length == b.length;
            for (int i = 0; equal && i < a.length; i++) {
                equal = KeyHash.equal(a[i], b[i]);
            }
            return equal;
        }
    }
}
