package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop tells a slot about one of its channel ends.
 *
 * @param failure why the channel is broken, or null
 * @param peerClosed whether the other end was closed in good order
 */
record EndState(@Nullable Problem failure, boolean peerClosed) {
    static final EndState OPEN = new EndState(null, false);
    static final EndState PEER_CLOSED = new EndState(null, true);

    boolean isOpen() {
        return failure == null && !peerClosed;
    }
}
