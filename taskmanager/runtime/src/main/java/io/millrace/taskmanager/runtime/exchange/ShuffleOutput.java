package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/** To a channel drawn for each element, by Marsaglia's xorshift (2003) from a seed that is handed in. */
public final class ShuffleOutput extends GateOutput {
    private long state;

    /** @param seed differs between subtasks */
    public ShuffleOutput(OperatorScope scope, OutputChannel[] channels, long seed) {
        super(scope, channels);
        this.state = seed == 0 ? 1 : seed;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        long drawn = state;
        drawn ^= drawn << 13;
        drawn ^= drawn >>> 7;
        drawn ^= drawn << 17;
        state = drawn;
        channels[(int) (((drawn >>> 33) * channels.length) >>> 31)].element(value, timestamp);
    }
}
