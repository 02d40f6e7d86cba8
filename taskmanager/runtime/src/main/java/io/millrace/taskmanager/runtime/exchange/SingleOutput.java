package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/** Everything to one channel: forward and global exchanges, and every exchange to a single consumer. */
public final class SingleOutput extends GateOutput {
    private final OutputChannel channel;

    /** @param channel one of {@code channels}: elements go to it alone, control elements to all */
    public SingleOutput(OperatorScope scope, OutputChannel[] channels, OutputChannel channel) {
        super(scope, channels);
        this.channel = channel;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        channel.element(value, timestamp);
    }
}
