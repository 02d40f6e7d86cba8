package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.wire.FrameSink;

/**
 * What a connection is used for at the moment: first a handshake, then a link. Its methods are Netty's callbacks: event
 * loop.
 */
interface Conversation {

    /** Takes the frames. */
    FrameSink sink();

    /** All that had arrived was read. */
    default void onBatchEnd() {}

    /** The connection takes more bytes again. */
    default void onWritable() {}

    /** The connection refuses the peer's bytes and closes; {@link #onLost} follows. */
    void onBroken(Problem problem);

    /** The connection is gone. Called once, as the last. */
    void onLost();
}
