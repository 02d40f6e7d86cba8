package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/** The sending end of a channel. All methods are for the owning slot's thread. */
public interface SendChannel {

    /** The largest frame payload in bytes. */
    int maxPayloadBytes();

    /** Whether one frame can be sent now: the receiver has given credit and a buffer is free. */
    boolean canSend();

    /**
     * Sends {@code length} bytes from {@code offset} as one frame, in order after all earlier ones. The bytes are
     * copied before this returns.
     *
     * @param length 1 to {@link #maxPayloadBytes}
     * @throws IllegalStateException if {@link #canSend} is false
     */
    void send(byte[] bytes, int offset, int length);

    /** The next event that the receiver sent back, or null. */
    byte @Nullable [] pollBackEvent();

    /** Why the channel is broken, or null while it works. Once broken, {@link #canSend} is false for ever. */
    @Nullable
    Problem failure();

    /** Ends the channel and returns its buffers. Idempotent. */
    void close();
}
