package io.millrace.taskmanager.runtime.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fills batches of elements. Arrays are allocated anew for each batch rather than pooled: storing references into old
 * arrays would cost the garbage collector's barriers. Their capacity follows how full the last batches were.
 */
public final class BatchBuilder {
    private static final int MIN_CAPACITY = 16;
    private static final int MAX_CAPACITY = 512;

    private Object[] values = new Object[MIN_CAPACITY];
    private long @Nullable [] timestamps;
    private int size;
    private int controls;

    /** Appends an element; there must be room. */
    public void add(Object value, long timestamp) {
        int at = size;
        values[at] = value;
        if (timestamp != Output.NO_TIMESTAMP) {
            long[] target = timestamps;
            if (target == null) {
                target = startTimestamps(at);
            }
            target[at] = timestamp;
        } else if (timestamps != null) {
            timestamps[at] = Output.NO_TIMESTAMP;
        }
        size = at + 1;
    }

    /** Appends a control element; there must be room. */
    public void addControl(Control control, long timestamp) {
        controls++;
        add(control, timestamp);
    }

    private long[] startTimestamps(int filled) {
        long[] started = new long[values.length];
        Arrays.fill(started, 0, filled, Output.NO_TIMESTAMP);
        timestamps = started;
        return started;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == values.length;
    }

    /** The elements so far as a batch. The next one starts empty, with a capacity that suits the fill of this one. */
    public ElementBatch build() {
        ElementBatch batch = new ElementBatch(values, timestamps, size, controls);
        int capacity = values.length;
        if (size == capacity) {
            capacity = Math.min(MAX_CAPACITY, 2 * capacity);
        } else if (size <= capacity / 4) {
            capacity = Math.max(MIN_CAPACITY, capacity / 2);
        }
        values = new Object[capacity];
        timestamps = null;
        size = 0;
        controls = 0;
        return batch;
    }
}
