package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one link has to send. Sequenced frames wait in {@code pending}, move to {@code unacknowledged} when they are
 * written, and are done when the peer has acknowledged them; after a reconnect those that the peer did not get move
 * back. Credit and acknowledgements are absolute numbers: only the newest is written, and repeating one does no harm.
 * {@link #flush} writes as much as the connection takes without queueing. Owned by the event loop.
 */
// A write or close that fails ends the channel, which is seen there: its future says nothing new.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkOutbound {
    private static final int ACKNOWLEDGE_FRAMES = 16;
    private static final int ACKNOWLEDGE_PAYLOAD_BYTES = 256 * 1024;

    private static final int SMALL_FRAME_BYTES = 64;

    private final LoopCounters counters;

    private final Deque<Sequenced> pending = new ArrayDeque<>();
    private final Deque<Sequenced> unacknowledged = new ArrayDeque<>();
    private long acknowledged;

    private final List<ReceiveEnd> creditDue = new ArrayList<>();
    private final List<SendEnd> backCreditDue = new ArrayList<>();

    private long received;
    private long receivedAcknowledged;
    private long receivedBytesUnacknowledged;
    private boolean acknowledgeNow;

    private @Nullable Channel channel;
    private boolean flushing;
    private boolean wroteSinceTick;

    LinkOutbound(LoopCounters counters) {
        this.counters = counters;
    }

    // --- What is to be sent

    void enqueue(Sequenced frame) {
        pending.add(frame);
    }

    void enqueueOpen(int handle, ChannelId id) {
        enqueueControl(SMALL_FRAME_BYTES, out -> FrameWriter.open(out, handle, id));
    }

    void enqueueClose(int handle, long frames) {
        enqueueControl(SMALL_FRAME_BYTES, out -> FrameWriter.close(out, handle, frames));
    }

    void enqueueStop(int handle) {
        enqueueControl(SMALL_FRAME_BYTES, out -> FrameWriter.stop(out, handle));
    }

    void enqueueBackEvent(int handle, long sequence, byte[] event) {
        enqueueControl(
                FrameWriter.DATA_HEADER_BYTES + event.length,
                out -> FrameWriter.backEvent(out, handle, sequence, event));
    }

    void creditDue(ReceiveEnd end) {
        creditDue.add(end);
    }

    void backCreditDue(SendEnd end) {
        backCreditDue.add(end);
    }

    // --- What has come in

    /** A sequenced frame of the peer is complete. */
    void received(int payloadBytes) {
        received++;
        receivedBytesUnacknowledged += payloadBytes;
    }

    /** The peer waits for an acknowledgement. */
    void acknowledgeSoon() {
        acknowledgeNow = true;
    }

    /** Sequenced frames of the peer that are complete. */
    long received() {
        return received;
    }

    boolean hasUnacknowledgedReceipts() {
        return received > receivedAcknowledged;
    }

    /** Whether enough has come in that an acknowledgement is worth a frame and a flush of its own. */
    boolean isAcknowledgementDue() {
        return hasUnacknowledgedReceipts()
                && (acknowledgeNow
                        || received - receivedAcknowledged >= ACKNOWLEDGE_FRAMES
                        || receivedBytesUnacknowledged >= ACKNOWLEDGE_PAYLOAD_BYTES);
    }

    /** The peer has received {@code frames} sequenced frames in total. */
    void acknowledged(long frames) {
        if (frames < acknowledged || frames > acknowledged + unacknowledged.size()) {
            throw Problem.of(
                            NetworkErrors.SEQUENCE_BROKEN,
                            "The peer acknowledges frame " + frames + ", sent are " + acknowledged + " to "
                                    + (acknowledged + unacknowledged.size()))
                    .asException();
        }
        while (acknowledged < frames) {
            Sequenced frame = unacknowledged.remove();
            acknowledged++;
            boolean written = frame.frame().refCnt() == 1;
            if (!written) {
                unacknowledged.addFirst(frame);
                throw Problem.of(NetworkErrors.SEQUENCE_BROKEN, "The peer acknowledges a frame that was not sent yet")
                        .asException();
            }
            frame.done();
        }
    }

    // --- The connection

    /**
     * A connection is up whose peer has received {@code frames}; the others are sent again. The hello said what came
     * in.
     */
    void connect(Channel to, long frames) {
        acknowledged(frames);
        while (!unacknowledged.isEmpty()) {
            Sequenced again = unacknowledged.removeLast();
            Check.invariant(
                    again.frame().refCnt() == 1, "a frame is sent again while the old connection still holds it");
            pending.addFirst(again);
        }
        creditDue.clear();
        backCreditDue.clear();
        channel = to;
        receivedAcknowledged = received;
        receivedBytesUnacknowledged = 0;
        acknowledgeNow = false;
    }

    /** The connection is gone; what it had not written was released by Netty. */
    void disconnect() {
        channel = null;
    }

    /** Nothing is ever sent again: returns all memory. The connection is gone. */
    void release() {
        disconnect();
        releaseAll(unacknowledged);
        releaseAll(pending);
    }

    private static void releaseAll(Deque<Sequenced> frames) {
        for (Sequenced frame = frames.poll(); frame != null; frame = frames.poll()) {
            frame.done();
        }
    }

    /** Whether anything was written since the last call. */
    boolean takeWroteSinceTick() {
        boolean wrote = wroteSinceTick;
        wroteSinceTick = false;
        return wrote;
    }

    void ping() {
        Channel to = channel;
        if (to != null) {
            ByteBuf out = to.alloc().directBuffer(FrameWriter.MAX_CONTROL_BYTES);
            FrameWriter.ping(out);
            to.writeAndFlush(out, to.voidPromise());
        }
    }

    /** Writes what is due as far as the connection takes it, with one flush for each filled outbound queue. */
    void flush() {
        Channel to = channel;
        if (to == null || flushing) {
            return;
        }
        // Netty reports writability from inside a flush. That must not start another one, and nobody reports it again:
        // so this one goes on until nothing is due or the connection is full.
        flushing = true;
        while (isAnythingDue() && to.isWritable()) {
            writeNumbers(to);
            writeFrames(to);
            wroteSinceTick = true;
            to.flush();
        }
        flushing = false;
    }

    private boolean isAnythingDue() {
        return !pending.isEmpty() || !creditDue.isEmpty() || !backCreditDue.isEmpty() || isAcknowledgementDue();
    }

    /** Credit, back credit and, since a flush follows anyway, the acknowledgement. */
    private void writeNumbers(Channel to) {
        ByteBuf out = null;
        for (ReceiveEnd end : creditDue) {
            out = withRoom(to, out);
            FrameWriter.credit(out, end.handle(), end.takeLimit());
        }
        creditDue.clear();
        for (SendEnd end : backCreditDue) {
            out = withRoom(to, out);
            FrameWriter.backCredit(out, end.handle(), end.backBytesGranted());
        }
        backCreditDue.clear();
        if (received > receivedAcknowledged) {
            out = withRoom(to, out);
            FrameWriter.acknowledge(out, received);
            receivedAcknowledged = received;
            receivedBytesUnacknowledged = 0;
            acknowledgeNow = false;
        }
        if (out != null) {
            to.write(out, to.voidPromise());
        }
    }

    /** A buffer with room for one more number, all of one size: so they share one run of the allocator's arena. */
    private static ByteBuf withRoom(Channel to, @Nullable ByteBuf present) {
        if (present != null && present.writableBytes() >= FrameWriter.CREDIT_BYTES) {
            return present;
        }
        if (present != null) {
            to.write(present, to.voidPromise());
        }
        return to.alloc().directBuffer(FrameWriter.MAX_CONTROL_BYTES, FrameWriter.MAX_CONTROL_BYTES);
    }

    private void writeFrames(Channel to) {
        long frames = 0;
        long bytes = 0;
        while (!pending.isEmpty() && to.isWritable()) {
            Sequenced frame = pending.remove();
            ByteBuf out = frame.frame();
            out.readerIndex(0);
            unacknowledged.add(frame);
            to.write(out.retain(), to.voidPromise());
            frames += frame.payloadBytes() > 0 ? 1 : 0;
            bytes += frame.payloadBytes();
        }
        counters.framesSent.add(frames);
        counters.bytesSent.add(bytes);
    }

    private void enqueueControl(int capacity, Consumer<ByteBuf> write) {
        ByteBuf out = Unpooled.directBuffer(capacity);
        write.accept(out);
        pending.add(new ControlFrame(out));
    }
}
