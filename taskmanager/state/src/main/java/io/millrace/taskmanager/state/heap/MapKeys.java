package io.millrace.taskmanager.state.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The user's keys in the cells of a {@link HeapMapState}; long keys as primitives. */
abstract sealed class MapKeys<U> {

    @SuppressWarnings("unchecked")
    static <U> MapKeys<U> of(Class<U> keyClass) {
        return keyClass == Long.class ? (MapKeys<U>) new Longs() : new Objects<>();
    }

    abstract int hash(U key);

    abstract boolean holds(int cell, U key);

    abstract U get(int cell);

    abstract void set(int cell, U key);

    abstract void forget(int cell);

    private static final class Longs extends MapKeys<Long> {
        private long[] keys = new long[16];

        @Override
        int hash(Long key) {
            return Long.hashCode(key);
        }

        @Override
        boolean holds(int cell, Long key) {
            return keys[cell] == key;
        }

        @Override
        Long get(int cell) {
            return keys[cell];
        }

        @Override
        void set(int cell, Long key) {
            if (cell >= keys.length) {
                keys = Arrays.copyOf(keys, Column.grownLength(keys.length, cell));
            }
            keys[cell] = key;
        }

        @Override
        void forget(int cell) {}
    }

    private static final class Objects<U> extends MapKeys<U> {
        private @Nullable Object[] keys = new Object[16];

        @Override
        int hash(U key) {
            return key.hashCode();
        }

        @Override
        boolean holds(int cell, U key) {
            Object held = keys[cell];
            return held == key || key.equals(held);
        }

        @Override
        @SuppressWarnings("unchecked")
        U get(int cell) {
            return (U) java.util.Objects.requireNonNull(keys[cell]);
        }

        @Override
        void set(int cell, U key) {
            if (cell >= keys.length) {
                keys = Arrays.copyOf(keys, Column.grownLength(keys.length, cell));
            }
            keys[cell] = key;
        }

        @Override
        void forget(int cell) {
            keys[cell] = null;
        }
    }
}
