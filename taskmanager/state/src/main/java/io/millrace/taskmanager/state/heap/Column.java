package io.millrace.taskmanager.state.heap;

import org.jspecify.annotations.Nullable;

/**
 * The values of one state, by entry number. Boxed primitives are kept as primitives: a write then stores no reference
 * into an old array, which is what costs the collector.
 */
abstract sealed class Column<V> permits ObjectColumn, LongColumn, IntColumn, DoubleColumn {

    /** The column that suits values of {@code valueClass}. */
    @SuppressWarnings("unchecked")
    static <V> Column<V> of(Class<V> valueClass) {
        if (valueClass == Long.class) {
            return (Column<V>) new LongColumn();
        }
        if (valueClass == Integer.class) {
            return (Column<V>) new IntColumn();
        }
        if (valueClass == Double.class) {
            return (Column<V>) new DoubleColumn();
        }
        return new ObjectColumn<>();
    }

    abstract boolean has(int entry);

    /** The value, or null if there is none. */
    abstract @Nullable V get(int entry);

    /** Sets the value. @return whether there was none before */
    abstract boolean set(int entry, V value);

    /** Removes the value. @return whether there was one */
    abstract boolean clear(int entry);

    static int grownLength(int length, int entry) {
        return Math.max(2 * length, entry + 1);
    }
}
