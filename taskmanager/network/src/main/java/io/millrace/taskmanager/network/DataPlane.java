package io.millrace.taskmanager.network;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.graph.deployment.PeerAddress;

/**
 * One TaskManager's end of the data plane. Opening, closing and reading statistics may be done by any thread; each
 * channel end then belongs to the thread of the slot that it was opened for.
 *
 * <p>The two ends of a channel may be opened in any order; a sending end has no credit until the receiving end is open.
 * Bytes arrive in order, once, and only as far as the receiver has given credit, also over a lost connection that came
 * back. A lost connection is dialled once more; if that fails, its channels fail. A channel fails alone or with its
 * connection, never with another connection's.
 */
public interface DataPlane extends AutoCloseable {

    /** The most credits that one channel can have. */
    int MAX_CREDITS = 65_536;

    /** Where other TaskManagers reach this data plane. */
    PeerAddress address();

    /**
     * Opens the sending end and reserves the one buffer that is its own. It may resolve the peer's host name and is
     * therefore not for a slot's thread.
     *
     * @param consumer the receiving TaskManager, another one than this
     * @param owner woken when credit or a back event arrives, when the receiver closes, and when the channel fails
     * @throws io.millrace.common.core.error.MillraceException if the memory budget has no room for a buffer: need and
     *     have; or if this data plane is closed
     */
    SendChannel openSend(ChannelId id, PeerAddress consumer, Signal owner);

    /**
     * Opens the receiving end and reserves memory for its credit. Not for a slot's thread, as {@link #openSend}.
     *
     * @param producer the sending TaskManager, another one than this
     * @param credits how many frames may be on their way or waiting, 2 to {@link #MAX_CREDITS}
     * @param owner woken when a frame arrives, when the sender closes, and when the channel fails
     * @throws io.millrace.common.core.error.MillraceException if the memory budget cannot hold the credit: need and
     *     have; or if this data plane is closed
     */
    ReceiveChannel openReceive(ChannelId id, PeerAddress producer, int credits, Signal owner);

    /** Totals of all connections and channels, as of the last finished batches. */
    DataPlaneStatistics statistics();

    /**
     * Ends all connections, fails the channels that are still open with {@link NetworkErrors#DATA_PLANE_CLOSED}, and
     * gives every reservation back. What was sent and has not arrived may be lost. Idempotent; waits for its threads to
     * end.
     */
    @Override
    void close();
}
