package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.stream.Control;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All ways out of one task. For the slot's thread. */
public final class TaskOutputs {
    private final List<Outlet> outlets = new ArrayList<>();
    private final List<OutputChannel> channels = new ArrayList<>();

    public void add(OutputChannel channel) {
        channels.add(channel);
        outlets.add(channel);
    }

    /** Adds a gate that holds elements back for its channels: it is flushed before them. */
    public void addFirst(Outlet gate) {
        outlets.add(0, gate);
    }

    public void add(Outlet outlet) {
        outlets.add(outlet);
    }

    /**
     * Sends a barrier down every channel, behind everything emitted so far, and hands over what can be: whoever waits
     * for it is held up meanwhile.
     */
    public void barrier(long number) {
        for (int i = 0; i < outlets.size(); i++) {
            if (outlets.get(i) instanceof GateOutput gate) {
                gate.settle();
            }
        }
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).control(Control.BARRIER, number);
        }
        flush();
    }

    /** Hands over what waits for room. @return whether anything went out */
    public boolean drain() {
        boolean moved = false;
        for (int i = 0; i < outlets.size(); i++) {
            moved |= outlets.get(i).drain();
        }
        return moved;
    }

    /** Hands over everything that is open, as far as there is room. @return whether anything went out */
    public boolean flush() {
        boolean moved = false;
        for (int i = 0; i < outlets.size(); i++) {
            moved |= outlets.get(i).flush();
        }
        return moved;
    }

    /** Whether everything was handed over. */
    public boolean isEmpty() {
        for (int i = 0; i < outlets.size(); i++) {
            if (!outlets.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Why the first broken channel is broken; null while all work. */
    public @Nullable Problem failure() {
        for (int i = 0; i < outlets.size(); i++) {
            Problem problem = outlets.get(i).failure();
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    public long records() {
        long sum = 0;
        for (OutputChannel channel : channels) {
            sum += channel.records();
        }
        return sum;
    }

    public long bytes() {
        long sum = 0;
        for (OutputChannel channel : channels) {
            sum += channel.bytes();
        }
        return sum;
    }

    public void close() {
        outlets.forEach(Outlet::close);
    }
}
