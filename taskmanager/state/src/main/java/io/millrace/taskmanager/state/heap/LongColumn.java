package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.Bits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Long values as primitives. */
final class LongColumn extends Column<Long> {
    private final Bits present = new Bits();
    private long[] values = new long[16];

    @Override
    boolean has(int entry) {
        return present.has(entry);
    }

    @Override
    @Nullable
    Long get(int entry) {
        return present.has(entry) ? values[entry] : null;
    }

    @Override
    boolean set(int entry, Long value) {
        if (entry >= values.length) {
            values = Arrays.copyOf(values, grownLength(values.length, entry));
        }
        values[entry] = value;
        return present.add(entry);
    }

    @Override
    boolean clear(int entry) {
        return present.remove(entry);
    }
}
