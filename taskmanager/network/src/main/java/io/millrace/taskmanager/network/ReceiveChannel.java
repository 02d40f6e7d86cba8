package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/** The receiving end of a channel. All methods are for the owning slot's thread. */
public interface ReceiveChannel {

    /**
     * How many bytes of back events may be on their way, unread, or read without this end having heard of it, each
     * counted as at least {@link #BACK_EVENT_COST}. A frame that the sender sends after it has read an event comes with
     * the news, up to a quarter of the window: who waits for such an answer before the next event stays inside.
     */
    int BACK_EVENT_WINDOW = 128 * 1024;

    /** What the smallest back event counts in the window. */
    int BACK_EVENT_COST = 1024;

    /** The largest back event in bytes. */
    int MAX_BACK_EVENT_BYTES = 64 * 1024;

    /**
     * The next frame in order, or null if none has arrived. It stays valid until {@link #release}. At most half of the
     * credits, rounded down, may be held without being released while waiting for another frame: credit goes back in
     * batches of up to the other half.
     */
    @Nullable
    Chunk poll();

    /** Whether a frame waits. */
    boolean hasNext();

    /**
     * Gives a frame's memory back and its credit to the sender. Each polled frame is released exactly once, in any
     * order.
     */
    void release(Chunk chunk);

    /**
     * Sends an event against the stream's direction, such as a reader's request for a split: delivered in order, once.
     * An event beyond {@link #BACK_EVENT_WINDOW} fails the channel with {@link NetworkErrors#BACK_EVENT_OVERFLOW}. On a
     * channel that is broken or {@link #ended} it is dropped.
     *
     * @param event at most {@link #MAX_BACK_EVENT_BYTES}; not changed afterwards by the caller
     */
    void sendBack(byte[] event);

    /** Whether the sender has closed its end and all that it sent was polled: nothing comes any more. */
    boolean ended();

    /** Why the channel is broken, or null while it works. Frames that arrived before can still be polled. */
    @Nullable
    Problem failure();

    /** What went through this end so far. */
    ChannelStatistics statistics();

    /** Ends the channel, returns its buffers and drops what still arrives. The sender learns of it. Idempotent. */
    void close();
}
