package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/** Every element to every channel. */
public final class BroadcastOutput extends GateOutput {

    public BroadcastOutput(OperatorScope scope, OutputChannel[] channels) {
        super(scope, channels);
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        for (OutputChannel channel : channels) {
            channel.element(value, timestamp);
        }
    }
}
