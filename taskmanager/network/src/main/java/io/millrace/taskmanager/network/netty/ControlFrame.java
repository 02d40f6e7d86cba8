package io.millrace.taskmanager.network.netty;

import io.netty.buffer.ByteBuf;

/** A sequenced frame without data: open, close, stop, back event. */
record ControlFrame(ByteBuf frame) implements Sequenced {

    @Override
    public int payloadBytes() {
        return 0;
    }

    @Override
    public void done() {
        frame.release();
    }
}
