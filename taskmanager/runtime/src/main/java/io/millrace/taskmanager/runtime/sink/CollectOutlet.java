package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.CollectedResults;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.exchange.Outlet;
import io.millrace.taskmanager.runtime.stream.Brake;
import org.jspecify.annotations.Nullable;

/** Puts the brake on while a task's collected results have no room. */
final class CollectOutlet implements Outlet {
    private final Brake brake;
    private @Nullable CollectedResults results;
    private boolean blocked;

    CollectOutlet(Brake brake) {
        this.brake = brake;
    }

    /** Watches {@code used} from now on. */
    void watch(CollectedResults used) {
        results = used;
    }

    /** To be called after an element was written. */
    void look() {
        if (results != null && !blocked && !results.hasRoom()) {
            blocked = true;
            brake.outputBlocked();
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
        return false;
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public void close() {}
}
