package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/** The sending end of a channel. All methods are for the owning slot's thread. */
public interface SendChannel {

    /** The largest frame payload in bytes; the same on all TaskManagers of a cluster. */
    int maxPayloadBytes();

    /**
     * Whether one frame can be sent now: the receiver has given credit and a buffer is free, or the receiver has
     * closed. True stays true until the next {@link #send} unless the channel fails or is closed. When it is false, the
     * owner is woken once that may have changed.
     */
    boolean canSend();

    /**
     * Sends {@code length} bytes from {@code offset} as one frame, in order after all earlier ones. The bytes are
     * copied before this returns. Once the receiver has closed, the frame is dropped.
     *
     * @param length 1 to {@link #maxPayloadBytes}
     * @throws IllegalStateException if {@link #canSend} is false
     */
    void send(byte[] bytes, int offset, int length);

    /** The next event that the receiver sent back, or null. */
    byte @Nullable [] pollBackEvent();

    /**
     * Whether the receiver has closed its end: nobody reads any more. Not a failure: a consumer may end first, and when
     * it failed, its own report says why.
     */
    boolean receiverClosed();

    /** Why the channel is broken, or null while it works. Once broken, {@link #canSend} is false for ever. */
    @Nullable
    Problem failure();

    /** What went through this end so far. */
    ChannelStatistics statistics();

    /**
     * Ends the channel after the frames already sent, which still arrive. Its buffers return when they did. Idempotent.
     */
    void close();
}
