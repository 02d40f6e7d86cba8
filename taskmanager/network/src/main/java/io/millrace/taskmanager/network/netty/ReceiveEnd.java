package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.PublishedLong;
import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.concurrent.Waker;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.ReceiveChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a channel over Netty. It has as many chunks as credits, made when first needed and then
 * circulating: the event loop fills an empty one and hands it to the slot through {@code filled}, the slot hands it
 * back through {@code empty}. So a frame with credit always finds a chunk, and a slow slot costs exactly its credits.
 * Posting this object to the reactor means: credit is to be announced.
 */
final class ReceiveEnd implements ReceiveChannel, Mail {
    private final ChannelId id;
    private final Reactor reactor;
    private final int credits;
    private final int creditBatch;
    private final int payloadBytes;

    // Crossing: filled and state from the event loop to the slot, the others back.
    private final Ring<Chunk> filled;
    private final Ring<Chunk> empty;
    private final PublishedLong released = new PublishedLong(0);
    private final Published<EndState> state = new Published<>(EndState.OPEN);
    private final Signal owner;

    // The slot's thread.
    private long framesPolled;
    private long bytesPolled;
    private long framesReleased;
    private long releasesPosted;
    private long backBytesSent;
    private final PublishedLong backBytesConsumed = new PublishedLong(0);
    private @Nullable Problem ownFailure;
    private boolean closed;

    // The event loop's thread.
    private final MemoryReservation reservation;
    private final Queue<byte[]> earlyBackEvents = new ArrayDeque<>();
    private @Nullable Link link;
    private boolean matched;
    private int handle;
    private int chunksMade;
    private long framesReceived;
    private long limitAnnounced;
    private boolean countsCredit = true;
    private long backEventsSent;
    private long backBytesEnqueued;
    private long backBytesGranted;

    /**
     * @param payloadBytes the largest payload of a frame
     * @param reservation of {@code credits} times {@code payloadBytes}
     */
    ReceiveEnd(
            ChannelId id, Reactor reactor, int credits, int payloadBytes, MemoryReservation reservation, Signal owner) {
        this.id = id;
        this.reactor = reactor;
        this.credits = credits;
        this.creditBatch = Math.max(1, credits / 2);
        this.payloadBytes = payloadBytes;
        this.reservation = reservation;
        this.owner = owner;
        this.filled = new Ring<>(credits, owner, Waker.NOBODY);
        this.empty = new Ring<>(credits, Waker.NOBODY, Waker.NOBODY);
    }

    // --- The slot's thread

    @Override
    public @Nullable Chunk poll() {
        Chunk chunk = filled.poll();
        if (chunk != null) {
            framesPolled++;
            bytesPolled += chunk.length();
        }
        return chunk;
    }

    @Override
    public boolean hasNext() {
        return !filled.isEmpty();
    }

    @Override
    public void release(Chunk chunk) {
        chunk.empty();
        Check.invariant(framesReleased < framesPolled && empty.offer(chunk), "a chunk of another channel is released");
        framesReleased++;
        if (framesReleased - releasesPosted >= creditBatch && !closed) {
            releasesPosted = framesReleased;
            released.publish(framesReleased);
            reactor.post(this);
        }
    }

    @Override
    public void sendBack(byte[] event) {
        Check.argument(
                event.length <= MAX_BACK_EVENT_BYTES,
                "A back event has at most " + MAX_BACK_EVENT_BYTES + " bytes, found " + event.length);
        if (closed || failure() != null || state.read().peerClosed()) {
            return;
        }
        int cost = SendEnd.backEventCost(event);
        if (backBytesSent + cost > backBytesConsumed.read() + BACK_EVENT_WINDOW) {
            ownFailure = Problem.of(
                            NetworkErrors.BACK_EVENT_OVERFLOW,
                            "The producer has not read " + (backBytesSent - backBytesConsumed.read())
                                    + " bytes of back events, one more does not fit")
                    .at(id.toString());
            return;
        }
        backBytesSent += cost;
        reactor.post(() -> sendBackNow(event));
    }

    @Override
    public boolean ended() {
        return state.read().peerClosed() && filled.isEmpty();
    }

    @Override
    public @Nullable Problem failure() {
        return ownFailure != null ? ownFailure : state.read().failure();
    }

    @Override
    public ChannelStatistics statistics() {
        return new ChannelStatistics(
                framesPolled, bytesPolled, credits - filled.size() - (framesPolled - framesReleased));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reactor.post(this::closedBySlot);
        }
    }

    // --- The event loop's thread

    ChannelId id() {
        return id;
    }

    int handle() {
        return handle;
    }

    long framesReceived() {
        return framesReceived;
    }

    boolean isMatched() {
        return matched;
    }

    boolean isOpen() {
        return state.read().isOpen();
    }

    void attach(Link to) {
        link = to;
    }

    /** The sender's end was heard of: from here on credit and back events can go out. */
    void match(int sendersHandle) {
        matched = true;
        handle = sendersHandle;
        announceCredit();
        while (!earlyBackEvents.isEmpty()) {
            sendBackNow(earlyBackEvents.remove());
        }
    }

    /** Mail from the slot: chunks were released. */
    @Override
    public void deliver() {
        announceCredit();
    }

    /** Has the present credit sent, also if it was sent before: after a reconnect the last one may be lost. */
    void announceCredit() {
        if (link != null && matched && isOpen()) {
            link.outbound().creditDue(this);
        }
    }

    /** The credit to be written now. */
    long takeLimit() {
        long limit = released.read() + credits;
        countCredit(limit - limitAnnounced);
        limitAnnounced = limit;
        return limit;
    }

    /** An empty chunk for the frame that begins, which must be the next one and have credit. */
    Chunk begin(long sequence) {
        if (sequence != framesReceived) {
            throw broken(NetworkErrors.SEQUENCE_BROKEN, "Frame " + sequence + " came, expected " + framesReceived);
        }
        if (sequence >= limitAnnounced) {
            throw broken(
                    NetworkErrors.CREDIT_EXCEEDED, "Frame " + sequence + " came, credit ends at " + limitAnnounced);
        }
        Chunk chunk = empty.poll();
        if (chunk == null) {
            Check.invariant(chunksMade < credits, "a frame with credit finds no chunk");
            chunksMade++;
            chunk = new Chunk(payloadBytes);
        }
        return chunk;
    }

    /** The frame is complete. */
    void complete(Chunk chunk, int length) {
        framesReceived++;
        countCredit(-1);
        chunk.fill(length);
        Check.invariant(filled.offer(chunk), "a frame with credit finds no room");
    }

    /** The connection broke inside the frame; it will come again. */
    void giveUp() {
        chunksMade--;
    }

    void backCredit(long consumedBytes) {
        if (consumedBytes < backBytesGranted || consumedBytes > backBytesEnqueued) {
            throw broken(
                    NetworkErrors.CREDIT_EXCEEDED,
                    "Back events are read up to byte " + consumedBytes + " of " + backBytesEnqueued);
        }
        backBytesGranted = consumedBytes;
        backBytesConsumed.publish(consumedBytes);
    }

    void peerClosed() {
        changeState(EndState.PEER_CLOSED);
    }

    void fail(Problem problem) {
        changeState(new EndState(problem, false));
    }

    private void changeState(EndState next) {
        if (isOpen()) {
            stopCountingCredit();
            state.publish(next);
            owner.wake();
        }
    }

    private void sendBackNow(byte[] event) {
        if (!matched) {
            earlyBackEvents.add(event);
        } else if (link != null && isOpen()) {
            backBytesEnqueued += SendEnd.backEventCost(event);
            link.outbound().enqueueBackEvent(handle, backEventsSent++, event);
        }
    }

    private void closedBySlot() {
        reactor.closed(this);
        stopCountingCredit();
        if (link != null) {
            link.closeReceive(this);
        }
        release();
    }

    private void countCredit(long delta) {
        if (countsCredit) {
            reactor.counters().creditsOutstanding.add(delta);
        }
    }

    /** The channel has ended in some way: what it announced will not be used. */
    private void stopCountingCredit() {
        countCredit(framesReceived - limitAnnounced);
        countsCredit = false;
    }

    /** The slot reads no more, or the data plane closes. */
    void release() {
        reservation.close();
    }

    private MillraceException broken(NetworkErrors code, String what) {
        return Problem.of(code, what).at(id.toString()).asException();
    }
}
