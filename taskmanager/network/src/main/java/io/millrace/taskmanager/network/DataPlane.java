package io.millrace.taskmanager.network;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.graph.deployment.PeerAddress;

/**
 * One TaskManager's end of the data plane. Opening and closing may be done by any thread; each channel end then belongs
 * to the thread of the slot that it was opened for.
 *
 * <p>Both ends of a channel are opened before either is used: the receiving end at deployment, the sending end at the
 * latest when the task starts. Bytes arrive in order, once, and only as far as the receiver has given credit.
 */
public interface DataPlane extends AutoCloseable {

    /** Where other TaskManagers reach this data plane. */
    PeerAddress address();

    /**
     * Opens the sending end.
     *
     * @param owner woken when credit arrives, when a back event arrives, and when the channel fails
     */
    SendChannel openSend(ChannelId id, PeerAddress consumer, Signal owner);

    /**
     * Opens the receiving end and reserves memory for its credit.
     *
     * @param credits how many frames may be on their way or waiting, at least 2
     * @param owner woken when a frame arrives and when the channel fails
     * @throws io.millrace.common.core.error.MillraceException if the memory budget cannot hold the credit: need and
     *     have
     */
    ReceiveChannel openReceive(ChannelId id, PeerAddress producer, int credits, Signal owner);

    /** Closes all connections and channels and returns every buffer. */
    @Override
    void close();
}
