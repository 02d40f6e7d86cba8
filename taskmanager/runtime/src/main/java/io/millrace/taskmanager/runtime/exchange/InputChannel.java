package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import org.jspecify.annotations.Nullable;

/** The receiving end of one channel as a task sees it. For the slot's thread. */
public abstract class InputChannel {

    /**
     * The next batch in order, or null if none is there.
     *
     * @throws io.millrace.common.core.error.MillraceException if what arrived cannot be read; names channel and type
     */
    public abstract @Nullable ElementBatch poll();

    /** Sends an event to the producer; in order, never lost while the channel works. */
    public abstract void sendBack(byte[] event);

    /** Why the channel is broken, or null while it works. What arrived before can still be polled. */
    public abstract @Nullable Problem failure();

    /** Bytes taken so far; 0 inside a process. */
    public abstract long bytes();

    /** Ends the channel and drops what waits. Idempotent. */
    public abstract void close();
}
