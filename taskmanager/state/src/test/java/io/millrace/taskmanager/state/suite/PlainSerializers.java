package io.millrace.taskmanager.state.suite;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.state.StateSerializers;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serializers of the few types that tests of state use; what has no type here is written by its text. Ints of an older
 * schema are read as longs.
 */
public final class PlainSerializers implements StateSerializers {
    public static final PlainSerializers INSTANCE = new PlainSerializers();

    @Override
    @SuppressWarnings("unchecked")
    public <T> ValueReader<T> reader(TypeInformation<T> type, WrittenType written) {
        if (written.wasType().equals(written.isType())) {
            return of(type)::deserialize;
        }
        Check.argument(type.getTypeClass() == Long.class, "These serializers read only what they wrote, and ints");
        return in -> (T) (Long) (long) in.readInt();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> TypeSerializer<T> of(TypeInformation<T> type) {
        Class<T> valueClass = type.getTypeClass();
        if (valueClass == Long.class) {
            return (TypeSerializer<T>) new Longs();
        }
        if (valueClass == Integer.class) {
            return (TypeSerializer<T>) new Ints();
        }
        if (valueClass == AtomicLong.class) {
            return (TypeSerializer<T>) new Counters();
        }
        return (TypeSerializer<T>) new Texts();
    }

    private abstract static class Immutable<T> extends TypeSerializer<T> {
        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public T copy(T value) {
            return value;
        }
    }

    private static final class Longs extends Immutable<Long> {
        @Override
        public void serialize(Long value, BinaryWriter out) {
            out.writeLong(value);
        }

        @Override
        public Long deserialize(BinaryReader in) {
            return in.readLong();
        }
    }

    private static final class Ints extends Immutable<Integer> {
        @Override
        public void serialize(Integer value, BinaryWriter out) {
            out.writeInt(value);
        }

        @Override
        public Integer deserialize(BinaryReader in) {
            return in.readInt();
        }
    }

    private static final class Texts extends Immutable<Object> {
        @Override
        public void serialize(Object value, BinaryWriter out) {
            out.writeString(value.toString());
        }

        @Override
        public Object deserialize(BinaryReader in) {
            return in.readString();
        }
    }

    /** Stands for every type whose values change in place. */
    private static final class Counters extends TypeSerializer<AtomicLong> {
        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public AtomicLong copy(AtomicLong value) {
            return new AtomicLong(value.get());
        }

        @Override
        public void serialize(AtomicLong value, BinaryWriter out) {
            out.writeLong(value.get());
        }

        @Override
        public AtomicLong deserialize(BinaryReader in) {
            return new AtomicLong(in.readLong());
        }
    }
}
