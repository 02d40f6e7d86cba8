package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Date;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Serializers of strings, numbers and a few small classes of the JDK. Their bytes are fixed in the protocol's
 * documentation.
 */
@SuppressWarnings("JavaUtilDate") // users' classes have such fields
final class ScalarSerializers {
    static final Map<Class<?>, TypeSerializer<?>> BY_CLASS = Map.ofEntries(
            Map.entry(Void.class, new Voids()),
            Map.entry(Date.class, new Dates()),
            Map.entry(String.class, new Text()),
            Map.entry(Boolean.class, new Flag()),
            Map.entry(Byte.class, new Bytes()),
            Map.entry(Short.class, new Shorts()),
            Map.entry(Character.class, new Characters()),
            Map.entry(Integer.class, new Ints()),
            Map.entry(Long.class, new Longs()),
            Map.entry(Float.class, new Floats()),
            Map.entry(Double.class, new Doubles()),
            Map.entry(UUID.class, new Uuids()),
            Map.entry(URI.class, new Uris()),
            Map.entry(BigInteger.class, new BigIntegers()),
            Map.entry(BigDecimal.class, new BigDecimals()),
            Map.entry(OptionalInt.class, new OptionalInts()),
            Map.entry(OptionalLong.class, new OptionalLongs()),
            Map.entry(OptionalDouble.class, new OptionalDoubles()));

    private ScalarSerializers() {}

    static void writeBig(BigInteger value, BinaryWriter out) {
        byte[] bytes = value.toByteArray();
        out.writeVarInt(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    static BigInteger readBig(BinaryReader in) {
        byte[] bytes = new byte[in.readCount()];
        in.read(bytes, 0, bytes.length);
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    private static final class Text extends ImmutableSerializer<String> {
        @Override
        public void serialize(String value, BinaryWriter out) {
            out.writeString(value);
        }

        @Override
        public String deserialize(BinaryReader in) {
            return in.readString();
        }
    }

    private static final class Flag extends ImmutableSerializer<Boolean> {
        @Override
        public void serialize(Boolean value, BinaryWriter out) {
            out.writeBoolean(value);
        }

        @Override
        public Boolean deserialize(BinaryReader in) {
            return in.readBoolean();
        }
    }

    private static final class Bytes extends ImmutableSerializer<Byte> {
        @Override
        public void serialize(Byte value, BinaryWriter out) {
            out.writeByte(value);
        }

        @Override
        public Byte deserialize(BinaryReader in) {
            return in.readByte();
        }
    }

    private static final class Shorts extends ImmutableSerializer<Short> {
        @Override
        public void serialize(Short value, BinaryWriter out) {
            out.writeShort(value);
        }

        @Override
        public Short deserialize(BinaryReader in) {
            return in.readShort();
        }
    }

    private static final class Characters extends ImmutableSerializer<Character> {
        @Override
        public void serialize(Character value, BinaryWriter out) {
            out.writeChar(value);
        }

        @Override
        public Character deserialize(BinaryReader in) {
            return in.readChar();
        }
    }

    private static final class Ints extends ImmutableSerializer<Integer> {
        @Override
        public void serialize(Integer value, BinaryWriter out) {
            out.writeInt(value);
        }

        @Override
        public Integer deserialize(BinaryReader in) {
            return in.readInt();
        }
    }

    private static final class Longs extends ImmutableSerializer<Long> {
        @Override
        public void serialize(Long value, BinaryWriter out) {
            out.writeLong(value);
        }

        @Override
        public Long deserialize(BinaryReader in) {
            return in.readLong();
        }
    }

    private static final class Floats extends ImmutableSerializer<Float> {
        @Override
        public void serialize(Float value, BinaryWriter out) {
            out.writeFloat(value);
        }

        @Override
        public Float deserialize(BinaryReader in) {
            return in.readFloat();
        }
    }

    private static final class Doubles extends ImmutableSerializer<Double> {
        @Override
        public void serialize(Double value, BinaryWriter out) {
            out.writeDouble(value);
        }

        @Override
        public Double deserialize(BinaryReader in) {
            return in.readDouble();
        }
    }

    private static final class Uuids extends ImmutableSerializer<UUID> {
        @Override
        public void serialize(UUID value, BinaryWriter out) {
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }

        @Override
        public UUID deserialize(BinaryReader in) {
            long high = in.readLong();
            return new UUID(high, in.readLong());
        }
    }

    private static final class Uris extends ImmutableSerializer<URI> {
        @Override
        public void serialize(URI value, BinaryWriter out) {
            out.writeString(value.toString());
        }

        @Override
        public URI deserialize(BinaryReader in) {
            return URI.create(in.readString());
        }
    }

    private static final class BigIntegers extends ImmutableSerializer<BigInteger> {
        @Override
        public void serialize(BigInteger value, BinaryWriter out) {
            writeBig(value, out);
        }

        @Override
        public BigInteger deserialize(BinaryReader in) {
            return readBig(in);
        }
    }

    private static final class BigDecimals extends ImmutableSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, BinaryWriter out) {
            out.writeInt(value.scale());
            writeBig(value.unscaledValue(), out);
        }

        @Override
        public BigDecimal deserialize(BinaryReader in) {
            int scale = in.readInt();
            return new BigDecimal(readBig(in), scale);
        }
    }

    private static final class OptionalInts extends ImmutableSerializer<OptionalInt> {
        @Override
        public void serialize(OptionalInt value, BinaryWriter out) {
            out.writeBoolean(value.isPresent());
            if (value.isPresent()) {
                out.writeInt(value.getAsInt());
            }
        }

        @Override
        public OptionalInt deserialize(BinaryReader in) {
            return in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
        }
    }

    private static final class OptionalLongs extends ImmutableSerializer<OptionalLong> {
        @Override
        public void serialize(OptionalLong value, BinaryWriter out) {
            out.writeBoolean(value.isPresent());
            if (value.isPresent()) {
                out.writeLong(value.getAsLong());
            }
        }

        @Override
        public OptionalLong deserialize(BinaryReader in) {
            return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
        }
    }

    private static final class OptionalDoubles extends ImmutableSerializer<OptionalDouble> {
        @Override
        public void serialize(OptionalDouble value, BinaryWriter out) {
            out.writeBoolean(value.isPresent());
            if (value.isPresent()) {
                out.writeDouble(value.getAsDouble());
            }
        }

        @Override
        public OptionalDouble deserialize(BinaryReader in) {
            return in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
        }
    }

    private static final class Dates extends TypeSerializer<Date> {
        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public Date copy(Date value) {
            return new Date(exact(value).getTime());
        }

        @Override
        public void serialize(Date value, BinaryWriter out) {
            out.writeLong(exact(value).getTime());
        }

        @Override
        public Date deserialize(BinaryReader in) {
            return new Date(in.readLong());
        }

        /** A subclass has more than the milliseconds; {@code java.sql.Timestamp} has nanoseconds. */
        private static Date exact(Date value) {
            if (value.getClass() != Date.class) {
                throw ValueRefusals.unsupportedClass(value.getClass(), "Date");
            }
            return value;
        }
    }

    /** The type of no value: a byte in the stream, so that every value has one. */
    private static final class Voids extends ImmutableSerializer<@Nullable Void> {
        @Override
        public void serialize(@Nullable Void value, BinaryWriter out) {
            out.writeByte(0);
        }

        @Override
        public @Nullable Void deserialize(BinaryReader in) {
            in.readByte();
            return null;
        }
    }
}
