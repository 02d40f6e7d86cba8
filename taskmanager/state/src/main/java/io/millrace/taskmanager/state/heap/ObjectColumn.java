package io.millrace.taskmanager.state.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values by reference. */
final class ObjectColumn<V> extends Column<V> {
    private @Nullable Object[] values = new Object[16];

    @Override
    boolean has(int entry) {
        return entry < values.length && values[entry] != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    @Nullable
    V get(int entry) {
        return entry < values.length ? (V) values[entry] : null;
    }

    @Override
    boolean set(int entry, V value) {
        if (entry >= values.length) {
            values = Arrays.copyOf(values, grownLength(values.length, entry));
        }
        Object before = values[entry];
        // An accumulator changed in place is set to itself: storing it again would only cost the collector.
        if (before != value) {
            values[entry] = value;
        }
        return before == null;
    }

    @Override
    boolean clear(int entry) {
        if (entry >= values.length || values[entry] == null) {
            return false;
        }
        values[entry] = null;
        return true;
    }
}
