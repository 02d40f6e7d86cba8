package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/**
 * In turn over the channels: rebalance over all consumers, rescale over the neighbouring ones that the gate connects.
 */
public final class RoundRobinOutput extends GateOutput {
    private int next;

    /** @param first the channel of the first element; differs between subtasks so that short streams spread */
    public RoundRobinOutput(OperatorScope scope, OutputChannel[] channels, int first) {
        super(scope, channels);
        this.next = first;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        int chosen = next;
        next = chosen + 1 == channels.length ? 0 : chosen + 1;
        channels[chosen].element(value, timestamp);
    }
}
