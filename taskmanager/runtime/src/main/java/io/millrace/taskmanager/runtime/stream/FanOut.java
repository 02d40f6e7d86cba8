package io.millrace.taskmanager.runtime.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands everything to several outputs, in order. Who may share an element is decided by what it is made of. */
public final class FanOut extends Output {
    private final Output[] targets;

    public FanOut(List<Output> targets) {
        this.targets = targets.toArray(new Output[0]);
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        for (Output target : targets) {
            target.element(value, timestamp);
        }
    }

    @Override
    public void watermark(long timestamp) {
        for (Output target : targets) {
            target.watermark(timestamp);
        }
    }

    @Override
    public void idle(boolean idle) {
        for (Output target : targets) {
            target.idle(idle);
        }
    }

    @Override
    public void endOfInput() {
        for (Output target : targets) {
            target.endOfInput();
        }
    }
}
