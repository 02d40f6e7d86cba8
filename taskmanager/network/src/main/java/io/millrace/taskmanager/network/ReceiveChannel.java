package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/** The receiving end of a channel. All methods are for the owning slot's thread. */
public interface ReceiveChannel {

    /** The next frame in order, or null if none has arrived. It stays valid until {@link #release}. */
    @Nullable
    Chunk poll();

    /** Whether a frame waits. */
    boolean hasNext();

    /** Gives a frame's memory back and its credit to the sender. Each polled frame is released exactly once. */
    void release(Chunk chunk);

    /**
     * Sends an event against the stream's direction, such as a reader's request for a split. At most 64 KiB; delivered
     * in order or the channel fails.
     */
    void sendBack(byte[] event);

    /** Why the channel is broken, or null while it works. Frames that arrived before can still be polled. */
    @Nullable
    Problem failure();

    /** Ends the channel, returns its buffers and drops what still arrives. Idempotent. */
    void close();
}
