package io.millrace.taskmanager.network.netty;

import io.netty.buffer.ByteBuf;

/**
 * An outgoing frame that its link keeps until the peer has acknowledged it. Owned by the event loop from enqueuing on.
 */
interface Sequenced {
    /** The whole frame from reader index 0; this object holds one reference to it. */
    ByteBuf frame();

    /** The payload's size if this is a data frame, else 0. */
    int payloadBytes();

    /** The frame has arrived or will never be sent: its memory goes back. */
    void done();
}
