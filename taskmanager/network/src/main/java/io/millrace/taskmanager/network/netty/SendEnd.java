package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.PublishedLong;
import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.concurrent.Waker;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a channel over Netty. A frame is written by the slot completely, header included: the event loop
 * only passes it on. Buffers are taken from the shared pool first; the channel's own buffer is the last resort, and its
 * return is what wakes a slot that has run out of buffers.
 */
final class SendEnd implements SendChannel {
    private static final int BACK_EVENTS = ReceiveChannel.BACK_EVENT_WINDOW / ReceiveChannel.BACK_EVENT_COST;
    private static final int MOST_CREDIT_AHEAD = 1 << 20;

    private final ChannelId id;
    private final Reactor reactor;
    private final SendBufferPool pool;
    private final Signal owner;

    // Crossing: written by the event loop, read by the slot.
    private final PublishedLong limit = new PublishedLong(0);
    private final Published<EndState> state = new Published<>(EndState.OPEN);
    private final Ring<SendBuffer> ownBuffer;
    private final Ring<byte[]> backEvents;

    // The slot's thread.
    private long limitSeen;
    private long framesSent;
    private long bytesSent;
    private long backBytesConsumed;
    private long backBytesReported;
    private @Nullable SendBuffer next;
    private boolean closed;

    // The event loop's thread; the handle is read by the slot after it has seen credit.
    private final MemoryReservation ownReservation;
    private @Nullable Link link;
    private int handle;
    private long limitGranted;
    private long framesEnqueued;
    private boolean withoutCredit;
    private long backBytesReceived;
    private long backBytesGranted;
    private long backEventsReceived;
    private boolean abandoned;
    private boolean ownAway;

    SendEnd(ChannelId id, Reactor reactor, SendBufferPool pool, MemoryReservation ownReservation, Signal owner) {
        this.id = id;
        this.reactor = reactor;
        this.pool = pool;
        this.ownReservation = ownReservation;
        this.owner = owner;
        this.ownBuffer = new Ring<>(1, Waker.NOBODY, Waker.NOBODY);
        this.backEvents = new Ring<>(BACK_EVENTS, owner, Waker.NOBODY);
        ownBuffer.offer(pool.makeOwn());
    }

    // --- The slot's thread

    @Override
    public int maxPayloadBytes() {
        return pool.payloadBytes();
    }

    @Override
    public boolean canSend() {
        EndState now = state.read();
        if (closed || now.failure() != null) {
            return false;
        }
        return now.peerClosed() || (hasCredit() && hasBuffer());
    }

    private boolean hasCredit() {
        if (framesSent == limitSeen) {
            limitSeen = limit.read();
        }
        return framesSent < limitSeen;
    }

    private boolean hasBuffer() {
        if (next == null) {
            next = pool.take();
        }
        if (next == null) {
            next = ownBuffer.poll();
        }
        return next != null;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        if (length < 1 || length > pool.payloadBytes()) {
            throw new IllegalArgumentException("A frame holds 1 to " + pool.payloadBytes() + " bytes, found " + length);
        }
        if (!canSend()) {
            throw new IllegalStateException("send without canSend on " + id);
        }
        if (state.read().peerClosed()) {
            return;
        }
        SendBuffer buffer = next;
        Check.invariant(buffer != null, "canSend found no buffer");
        next = null;
        buffer.fill(this, handle, framesSent, bytes, offset, length);
        framesSent++;
        bytesSent += length;
        reactor.post(buffer);
    }

    @Override
    public byte @Nullable [] pollBackEvent() {
        byte[] event = backEvents.poll();
        if (event == null) {
            return null;
        }
        backBytesConsumed += backEventCost(event);
        if (backBytesConsumed - backBytesReported >= ReceiveChannel.BACK_EVENT_WINDOW / 4) {
            backBytesReported = backBytesConsumed;
            long report = backBytesConsumed;
            reactor.post(() -> grantBackEvents(report));
        }
        return event;
    }

    @Override
    public boolean receiverClosed() {
        return state.read().peerClosed();
    }

    @Override
    public @Nullable Problem failure() {
        return state.read().failure();
    }

    @Override
    public ChannelStatistics statistics() {
        return new ChannelStatistics(framesSent, bytesSent, limit.read() - framesSent);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SendBuffer unused = next;
            next = null;
            if (unused != null && !unused.isOwn()) {
                pool.give(unused);
            }
            reactor.post(this::closedBySlot);
        }
    }

    static int backEventCost(byte[] event) {
        return Math.max(ReceiveChannel.BACK_EVENT_COST, event.length);
    }

    // --- The event loop's thread

    ChannelId id() {
        return id;
    }

    int handle() {
        return handle;
    }

    /** Frames handed to the link so far. */
    long framesEnqueued() {
        return framesEnqueued;
    }

    /** What the receiver may have sent back in total; 0 until the slot consumed something. */
    long backBytesGranted() {
        return backBytesGranted;
    }

    /**
     * Whether the receiver's end has never been heard of: nothing was sent, so the channel can move to another session.
     */
    boolean isUnmatched() {
        return limitGranted == 0 && state.read().isOpen();
    }

    void attach(Link to, int newHandle) {
        link = to;
        handle = newHandle;
        countCredit(true);
    }

    /** A frame from the slot. */
    void enqueue(SendBuffer buffer) {
        if (buffer.isOwn()) {
            ownAway = true;
            reactor.counters().ownBuffersInUse.add(1);
        }
        if (link == null || !state.read().isOpen()) {
            buffer.done();
            return;
        }
        framesEnqueued++;
        countCredit(true);
        link.outbound().enqueue(buffer);
    }

    /** A frame of this channel was acknowledged or dropped. */
    void takeBack(SendBuffer buffer) {
        if (!buffer.isOwn()) {
            pool.give(buffer);
            return;
        }
        Check.invariant(ownAway, "a channel's own buffer came back twice");
        ownAway = false;
        reactor.counters().ownBuffersInUse.add(-1);
        if (abandoned) {
            ownReservation.close();
        } else {
            Check.invariant(ownBuffer.offer(buffer), "there is no room for a channel's own buffer");
            owner.wake();
        }
    }

    /** The receiver's announcement: frames up to {@code newLimit} in total. */
    void grant(long newLimit) {
        if (newLimit < limitGranted || newLimit > framesEnqueued + MOST_CREDIT_AHEAD) {
            throw Problem.of(
                            NetworkErrors.CREDIT_EXCEEDED,
                            "Credit goes from " + limitGranted + " to " + newLimit + " after " + framesEnqueued
                                    + " frames")
                    .at(id.toString())
                    .asException();
        }
        limitGranted = newLimit;
        countCredit(true);
        limit.publish(newLimit);
        owner.wake();
    }

    void backEvent(long sequence, byte[] event) {
        int cost = backEventCost(event);
        if (sequence != backEventsReceived) {
            throw Problem.of(
                            NetworkErrors.SEQUENCE_BROKEN,
                            "Back event " + sequence + " came, expected " + backEventsReceived)
                    .at(id.toString())
                    .asException();
        }
        if (backBytesReceived + cost > backBytesGranted + ReceiveChannel.BACK_EVENT_WINDOW) {
            throw Problem.of(NetworkErrors.BACK_EVENT_OVERFLOW, "More back events than the window holds")
                    .at(id.toString())
                    .asException();
        }
        backEventsReceived++;
        backBytesReceived += cost;
        Check.invariant(backEvents.offer(event), "the window of back events is larger than its ring");
    }

    private void grantBackEvents(long consumedBytes) {
        backBytesGranted = consumedBytes;
        if (link != null && state.read().isOpen()) {
            link.outbound().backCreditDue(this);
        }
    }

    void peerClosed() {
        changeState(EndState.PEER_CLOSED);
    }

    void fail(Problem problem) {
        changeState(new EndState(problem, false));
    }

    private void changeState(EndState next) {
        if (state.read().isOpen()) {
            countCredit(false);
            state.publish(next);
            owner.wake();
        }
    }

    private void closedBySlot() {
        reactor.closed(this);
        countCredit(false);
        abandon();
        if (link != null) {
            link.closeSend(this);
        }
    }

    /** @param open whether the channel can still send */
    private void countCredit(boolean open) {
        boolean now = open && framesEnqueued == limitGranted;
        if (now != withoutCredit) {
            withoutCredit = now;
            reactor.counters().channelsWithoutCredit.add(now ? 1 : -1);
        }
    }

    /** The slot takes no buffer any more. The slot's last actions came before this in the same mailbox. */
    private void abandon() {
        abandoned = true;
        if (!ownAway) {
            ownReservation.close();
        }
    }

    /** The data plane closes and will read no more mail. */
    void release() {
        ownReservation.close();
    }
}
