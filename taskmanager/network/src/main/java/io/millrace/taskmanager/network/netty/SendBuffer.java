package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Direct memory for one data frame, header included. Handed around, never shared: the free list or a channel's ring,
 * then the slot that fills it, then the event loop that sends and keeps it, then back. The memory is allocated at first
 * use and left to the garbage collector, so that no late hand can touch freed memory.
 */
final class SendBuffer implements Sequenced, Mail {
    private final int capacity;
    private final boolean own;
    private @Nullable ByteBuf frame;
    private @Nullable SendEnd sender;
    private int payloadBytes;

    /**
     * @param payloadCapacity the largest payload
     * @param own whether it belongs to one channel rather than to the shared free list
     */
    SendBuffer(int payloadCapacity, boolean own) {
        this.capacity = FrameWriter.DATA_HEADER_BYTES + payloadCapacity;
        this.own = own;
    }

    boolean isOwn() {
        return own;
    }

    /** Slot's thread: copies one payload in. A channel that has to use its own buffer is short of buffers: urgent. */
    void fill(SendEnd by, int handle, long sequence, byte[] bytes, int offset, int length) {
        ByteBuf out = frame;
        if (out == null) {
            out = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity));
            frame = out;
        }
        out.clear();
        FrameWriter.dataHeader(out, own, handle, sequence, length);
        out.writeBytes(bytes, offset, length);
        sender = by;
        payloadBytes = length;
    }

    @Override
    public ByteBuf frame() {
        ByteBuf filled = frame;
        Check.invariant(filled != null, "a send buffer is sent before it was filled");
        return filled;
    }

    @Override
    public int payloadBytes() {
        return payloadBytes;
    }

    @Override
    public void deliver() {
        sender().enqueue(this);
    }

    @Override
    public void done() {
        SendEnd by = sender();
        sender = null;
        by.takeBack(this);
    }

    private SendEnd sender() {
        SendEnd by = sender;
        Check.invariant(by != null, "a send buffer is on its way without a sender");
        return by;
    }
}
