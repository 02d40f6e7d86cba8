package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.Bits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Int values as primitives. */
final class IntColumn extends Column<Integer> {
    private final Bits present = new Bits();
    private int[] values = new int[16];

    @Override
    boolean has(int entry) {
        return present.has(entry);
    }

    @Override
    @Nullable
    Integer get(int entry) {
        return present.has(entry) ? values[entry] : null;
    }

    @Override
    boolean set(int entry, Integer value) {
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
