package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.Bits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Double values as primitives. */
final class DoubleColumn extends Column<Double> {
    private final Bits present = new Bits();
    private double[] values = new double[16];

    @Override
    boolean has(int entry) {
        return present.has(entry);
    }

    @Override
    @Nullable
    Double get(int entry) {
        return present.has(entry) ? values[entry] : null;
    }

    @Override
    boolean set(int entry, Double value) {
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
