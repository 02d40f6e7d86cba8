package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;

/**
 * The outgoing end of an edge: chooses the channel of each element and sends control elements to all channels. One
 * final class per way of choosing, so that the call for an element is direct.
 */
public abstract class GateOutput extends Output {
    final OperatorScope scope;
    final OutputChannel[] channels;

    /** @param scope the operator that feeds the edge, for errors */
    GateOutput(OperatorScope scope, OutputChannel[] channels) {
        this.scope = scope;
        this.channels = channels;
    }

    /** Hands on what waits in the gate itself, before something that must not overtake it. */
    void settle() {}

    @Override
    public final void watermark(long timestamp) {
        settle();
        for (OutputChannel channel : channels) {
            channel.control(Control.WATERMARK, timestamp);
        }
    }

    @Override
    public final void idle(boolean idle) {
        settle();
        for (OutputChannel channel : channels) {
            channel.control(idle ? Control.IDLE : Control.ACTIVE, NO_TIMESTAMP);
        }
    }

    @Override
    public final void endOfInput() {
        settle();
        for (OutputChannel channel : channels) {
            channel.control(Control.END_OF_INPUT, NO_TIMESTAMP);
        }
    }
}
