package io.millrace.taskmanager.runtime.stream;

import org.jspecify.annotations.Nullable;

/**
 * A run of elements in order, on its way from one task to another. Handed over once and not changed afterwards. A
 * user's element is never a {@link Control}, so a batch may carry both in one array.
 */
public final class ElementBatch {
    private final Object[] values;
    private final long @Nullable [] timestamps;
    private final int size;
    private final int controls;

    /**
     * @param values elements and control elements in {@code [0, size)}
     * @param timestamps of each of them; null if none has one
     * @param controls how many of the values are a {@link Control}
     */
    public ElementBatch(Object[] values, long @Nullable [] timestamps, int size, int controls) {
        this.values = values;
        this.timestamps = timestamps;
        this.size = size;
        this.controls = controls;
    }

    public Object[] values() {
        return values;
    }

    public long @Nullable [] timestamps() {
        return timestamps;
    }

    public int size() {
        return size;
    }

    public int controls() {
        return controls;
    }

    /** Number of elements without control elements. */
    public int records() {
        return size - controls;
    }
}
