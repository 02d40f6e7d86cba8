package io.millrace.taskmanager.runtime.sink;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.exchange.Outlet;
import io.millrace.taskmanager.runtime.stream.Brake;
import org.jspecify.annotations.Nullable;

/** Sends a sink's collected results when the slot has nothing else to do, and brakes while they have no room. */
final class CollectOutlet implements Outlet {
    /** A result's size is known to who takes it; this is a large one. */
    private static final int RESULT_BYTES = 1 << 10;

    private final Brake brake;
    private JobOutputs.@Nullable Results results;
    private boolean blocked;
    private boolean open;

    CollectOutlet(Brake brake) {
        this.brake = brake;
    }

    /** Takes care of {@code used} from now on. */
    void watch(JobOutputs.@Nullable Results used) {
        results = used;
    }

    /** To be called after an element was written. */
    void afterWrite() {
        if (results != null) {
            open = true;
            if (!blocked && !results.hasRoom()) {
                blocked = true;
                brake.outputBlocked();
            }
            if (blocked) {
                brake.overflowed(RESULT_BYTES);
            }
        }
    }

    @Override
    public boolean drain() {
        if (blocked && results != null && results.hasRoom()) {
            blocked = false;
            brake.outputFreed();
            return true;
        }
        return false;
    }

    @Override
    public boolean flush() {
        if (!open || results == null) {
            return false;
        }
        open = false;
        results.flush();
        return true;
    }

    @Override
    public boolean isEmpty() {
        return !open;
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public void close() {
        results = null;
    }
}
