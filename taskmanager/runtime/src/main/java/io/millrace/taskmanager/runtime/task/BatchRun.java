package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/**
 * The loop over the elements of one batch, resumable at any element. The innermost loop of every task that has inputs.
 */
final class BatchRun {
    private @Nullable ElementBatch batch;
    private int position;
    private long controlTimestamp;

    void begin(ElementBatch next) {
        batch = next;
        position = 0;
    }

    boolean isDone() {
        return batch == null;
    }

    /** How many elements of the batch were taken. */
    int position() {
        return position;
    }

    /**
     * Gives elements to {@code head} up to the end of the batch, to the next control element, or until the brake is on.
     *
     * @param most elements to give
     * @return the control element it stopped at, now taken; null for the other reasons
     */
    @Nullable
    Control proceed(Output head, Brake brake, int most) {
        ElementBatch running = batch;
        Check.invariant(running != null, "a batch is begun before it is run");
        int end = Math.min(running.size(), position + most);
        Control control = running.controls() == 0 ? plain(running, end, head, brake) : mixed(running, end, head, brake);
        if (position == running.size()) {
            batch = null;
        }
        return control;
    }

    private @Nullable Control plain(ElementBatch running, int end, Output head, Brake brake) {
        Object[] values = running.values();
        long[] timestamps = running.timestamps();
        int at = position;
        if (timestamps == null) {
            while (at < end && !brake.isOn()) {
                head.element(values[at++], Output.NO_TIMESTAMP);
            }
        } else {
            while (at < end && !brake.isOn()) {
                head.element(values[at], timestamps[at]);
                at++;
            }
        }
        position = at;
        return null;
    }

    private @Nullable Control mixed(ElementBatch running, int end, Output head, Brake brake) {
        Object[] values = running.values();
        long[] timestamps = running.timestamps();
        int at = position;
        while (at < end && !brake.isOn()) {
            Object value = values[at];
            long timestamp = timestamps == null ? Output.NO_TIMESTAMP : timestamps[at];
            at++;
            if (value instanceof Control control) {
                position = at;
                controlTimestamp = timestamp;
                return control;
            }
            head.element(value, timestamp);
        }
        position = at;
        return null;
    }

    /** The number of the control element that {@link #proceed} returned last. */
    long controlTimestamp() {
        return controlTimestamp;
    }
}
