package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.taskmanager.runtime.task.TypeSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Serializers for longs and strings, written by hand. */
public final class PlainTypes implements TypeSupport {
    public static final TypeInformation<Long> LONG = new BasicType<>(Long.class);
    public static final TypeInformation<String> STRING = new BasicType<>(String.class);

    @Override
    @SuppressWarnings("unchecked")
    public <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        if (type.getTypeClass() == Long.class) {
            return (TypeSerializer<T>) new Plain<Long>((value, out) -> out.writeLong(value), BinaryReader::readLong);
        }
        if (type.getTypeClass() == String.class) {
            return (TypeSerializer<T>)
                    new Plain<String>((value, out) -> out.writeString(value), BinaryReader::readString);
        }
        throw new IllegalArgumentException("No serializer for " + type.describe());
    }

    @Override
    public <K> KeyHasher<K> hasher(TypeInformation<K> type) {
        return new KeyHasher<>() {
            @Override
            public int hash(K key) {
                int hash = key.hashCode() * 0x9E37_79B9;
                return hash ^ hash >>> 15;
            }

            @Override
            public boolean equal(K a, K b) {
                return a.equals(b);
            }
        };
    }

    private static final class Plain<T> extends TypeSerializer<T> {
        private final BiConsumer<T, BinaryWriter> writing;
        private final Function<BinaryReader, T> reading;

        Plain(BiConsumer<T, BinaryWriter> writing, Function<BinaryReader, T> reading) {
            this.writing = writing;
            this.reading = reading;
        }

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public T copy(T value) {
            return value;
        }

        @Override
        public void serialize(T value, BinaryWriter out) {
            writing.accept(value, out);
        }

        @Override
        public T deserialize(BinaryReader in) {
            return reading.apply(in);
        }
    }
}
