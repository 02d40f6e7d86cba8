package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** {@link BatchLoop} as every task has it: a class that a task can have a copy of. */
final class BatchRun extends BatchLoop {
    private @Nullable ElementBatch batch;
    private int position;
    private long controlTimestamp;

    @Override
    void begin(ElementBatch next, int from) {
        batch = next;
        position = from;
    }

    @Override
    ElementBatch suspend() {
        ElementBatch left = batch;
        Check.invariant(left != null, "a batch is begun before it is left");
        batch = null;
        return left;
    }

    @Override
    boolean isDone() {
        return batch == null;
    }

    @Override
    int position() {
        return position;
    }

    @Override
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

    @Override
    long controlTimestamp() {
        return controlTimestamp;
    }
}
