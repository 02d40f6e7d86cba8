package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/** Something that a task's results leave through and that can run out of room. For the slot's thread. */
public interface Outlet {

    /** Hands over what waits for room, and releases the brake once nothing does. @return whether anything went out */
    boolean drain();

    /** Hands over what is open, as far as there is room. @return whether anything went out */
    boolean flush();

    /** Whether everything taken was handed over. */
    boolean isEmpty();

    /** Why the way out is broken, or null while it works. */
    @Nullable
    Problem failure();

    /** Drops what was not handed over. Idempotent. */
    void close();
}
