package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Hash and equality of strings, numbers and a few small classes of the JDK. */
@SuppressWarnings({"JavaUtilDate", "BigDecimalEquals"
}) // dates are a type like others; 2.0 and 2.00 are two keys, as they print
final class ScalarHashers {
    private static final Map<Class<?>, KeyHasher<?>> OWN = Map.ofEntries(
            Map.entry(String.class, new StringHasher()),
            Map.entry(Boolean.class, new BooleanHasher()),
            Map.entry(Byte.class, new ByteHasher()),
            Map.entry(Short.class, new ShortHasher()),
            Map.entry(Character.class, new CharacterHasher()),
            Map.entry(Integer.class, new IntegerHasher()),
            Map.entry(Long.class, new LongHasher()),
            Map.entry(Float.class, new FloatHasher()),
            Map.entry(Double.class, new DoubleHasher()),
            Map.entry(BigInteger.class, new BigIntegerHasher()),
            Map.entry(BigDecimal.class, new BigDecimalHasher()),
            Map.entry(UUID.class, new UUIDHasher()),
            Map.entry(URI.class, new URIHasher()),
            Map.entry(Date.class, new DateHasher()),
            Map.entry(OptionalInt.class, new OptionalIntHasher()),
            Map.entry(OptionalLong.class, new OptionalLongHasher()),
            Map.entry(OptionalDouble.class, new OptionalDoubleHasher()));

    /** All basic types that have values. */
    static final Map<Class<?>, KeyHasher<?>> BY_CLASS = all();

    private ScalarHashers() {}

    private static Map<Class<?>, KeyHasher<?>> all() {
        Map<Class<?>, KeyHasher<?>> all = new HashMap<>(OWN);
        all.putAll(TimeHashers.BY_CLASS);
        return Map.copyOf(all);
    }

    private static int one(int part) {
        return KeyHash.combine(1, part);
    }

    private static int two(int first, int second) {
        return KeyHash.combine(KeyHash.combine(2, first), second);
    }

    private static int big(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int hash = bytes.length;
        for (byte each : bytes) {
            hash = KeyHash.combine(hash, KeyHash.ofInt(each));
        }
        return hash;
    }

    private static final class StringHasher extends KeyHasher<String> {
        @Override
        public int hash(String key) {
            return KeyHash.ofString(key);
        }

        @Override
        public boolean equal(String a, String b) {
            return a.equals(b);
        }
    }

    private static final class BooleanHasher extends KeyHasher<Boolean> {
        @Override
        public int hash(Boolean key) {
            return KeyHash.ofBoolean(key);
        }

        @Override
        public boolean equal(Boolean a, Boolean b) {
            return (boolean) a == b;
        }
    }

    private static final class ByteHasher extends KeyHasher<Byte> {
        @Override
        public int hash(Byte key) {
            return KeyHash.ofInt(key);
        }

        @Override
        public boolean equal(Byte a, Byte b) {
            return (byte) a == b;
        }
    }

    private static final class ShortHasher extends KeyHasher<Short> {
        @Override
        public int hash(Short key) {
            return KeyHash.ofInt(key);
        }

        @Override
        public boolean equal(Short a, Short b) {
            return (short) a == b;
        }
    }

    private static final class CharacterHasher extends KeyHasher<Character> {
        @Override
        public int hash(Character key) {
            return KeyHash.ofInt(key);
        }

        @Override
        public boolean equal(Character a, Character b) {
            return (char) a == b;
        }
    }

    private static final class IntegerHasher extends KeyHasher<Integer> {
        @Override
        public int hash(Integer key) {
            return KeyHash.ofInt(key);
        }

        @Override
        public boolean equal(Integer a, Integer b) {
            return (int) a == b;
        }
    }

    private static final class LongHasher extends KeyHasher<Long> {
        @Override
        public int hash(Long key) {
            return KeyHash.ofLong(key);
        }

        @Override
        public boolean equal(Long a, Long b) {
            return (long) a == b;
        }
    }

    private static final class FloatHasher extends KeyHasher<Float> {
        @Override
        public int hash(Float key) {
            return KeyHash.ofFloat(key);
        }

        @Override
        public boolean equal(Float a, Float b) {
            return KeyHash.equal(a, b);
        }
    }

    private static final class DoubleHasher extends KeyHasher<Double> {
        @Override
        public int hash(Double key) {
            return KeyHash.ofDouble(key);
        }

        @Override
        public boolean equal(Double a, Double b) {
            return KeyHash.equal(a, b);
        }
    }

    private static final class BigIntegerHasher extends KeyHasher<BigInteger> {
        @Override
        public int hash(BigInteger key) {
            return big(key);
        }

        @Override
        public boolean equal(BigInteger a, BigInteger b) {
            return a.equals(b);
        }
    }

    private static final class BigDecimalHasher extends KeyHasher<BigDecimal> {
        @Override
        public int hash(BigDecimal key) {
            return two(KeyHash.ofInt(key.scale()), big(key.unscaledValue()));
        }

        @Override
        public boolean equal(BigDecimal a, BigDecimal b) {
            return a.equals(b);
        }
    }

    private static final class UUIDHasher extends KeyHasher<UUID> {
        @Override
        public int hash(UUID key) {
            return two(KeyHash.ofLong(key.getMostSignificantBits()), KeyHash.ofLong(key.getLeastSignificantBits()));
        }

        @Override
        public boolean equal(UUID a, UUID b) {
            return a.equals(b);
        }
    }

    private static final class URIHasher extends KeyHasher<URI> {
        @Override
        public int hash(URI key) {
            return KeyHash.ofString(key.toString());
        }

        @Override
        public boolean equal(URI a, URI b) {
            return a.toString().equals(b.toString());
        }
    }

    private static final class DateHasher extends KeyHasher<Date> {
        @Override
        public int hash(Date key) {
            return KeyHash.ofLong(key.getTime());
        }

        @Override
        public boolean equal(Date a, Date b) {
            return a.getTime() == b.getTime();
        }
    }

    private static final class OptionalIntHasher extends KeyHasher<OptionalInt> {
        @Override
        public int hash(OptionalInt key) {
            return key.isPresent() ? one(KeyHash.ofInt(key.getAsInt())) : KeyHash.OF_NULL;
        }

        @Override
        public boolean equal(OptionalInt a, OptionalInt b) {
            return a.equals(b);
        }
    }

    private static final class OptionalLongHasher extends KeyHasher<OptionalLong> {
        @Override
        public int hash(OptionalLong key) {
            return key.isPresent() ? one(KeyHash.ofLong(key.getAsLong())) : KeyHash.OF_NULL;
        }

        @Override
        public boolean equal(OptionalLong a, OptionalLong b) {
            return a.equals(b);
        }
    }

    private static final class OptionalDoubleHasher extends KeyHasher<OptionalDouble> {
        @Override
        public int hash(OptionalDouble key) {
            return key.isPresent() ? one(KeyHash.ofDouble(key.getAsDouble())) : KeyHash.OF_NULL;
        }

        @Override
        public boolean equal(OptionalDouble a, OptionalDouble b) {
            return a.isPresent() == b.isPresent() && KeyHash.equal(a.orElse(0), b.orElse(0));
        }
    }
}
