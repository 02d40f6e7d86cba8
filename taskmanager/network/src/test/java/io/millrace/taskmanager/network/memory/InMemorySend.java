package io.millrace.taskmanager.network.memory;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The sending end of a channel in memory. */
final class InMemorySend implements SendChannel {
    private final InMemoryDataPlane plane;
    private final InMemoryNetwork network;
    private final Pipe pipe;
    private final MemoryReservation ownMemory;
    private final Signal owner;
    private final Queue<byte[]> backEvents = new ArrayDeque<>();
    private final Queue<Buffer> inFlight = new ArrayDeque<>();

    private long limit;
    private long framesSent;
    private long bytesSent;
    private long backBytesConsumed;
    private long backBytesReported;
    private @Nullable Buffer next;
    private boolean ownFree = true;
    private boolean receiverClosed;
    private boolean closed;
    private @Nullable Problem failure;

    private enum Buffer {
        SHARED,
        OWN
    }

    InMemorySend(
            InMemoryDataPlane plane, InMemoryNetwork network, Pipe pipe, MemoryReservation ownMemory, Signal owner) {
        this.plane = plane;
        this.network = network;
        this.pipe = pipe;
        this.ownMemory = ownMemory;
        this.owner = owner;
    }

    boolean belongsTo(TaskManagerId id) {
        return plane.id().equals(id);
    }

    @Override
    public int maxPayloadBytes() {
        return plane.payloadBytes();
    }

    @Override
    public boolean canSend() {
        if (closed || failure != null) {
            return false;
        }
        return receiverClosed || (framesSent < limit && hasBuffer());
    }

    private boolean hasBuffer() {
        if (next == null && plane.takeShared()) {
            next = Buffer.SHARED;
        } else if (next == null && ownFree) {
            ownFree = false;
            next = Buffer.OWN;
        }
        return next != null;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        Check.argument(length >= 1 && length <= plane.payloadBytes(), "A frame does not hold " + length + " bytes");
        if (!canSend()) {
            throw new IllegalStateException("send without canSend on " + pipe.id);
        }
        if (receiverClosed) {
            return;
        }
        Buffer buffer = next;
        Check.invariant(buffer != null, "canSend found no buffer");
        next = null;
        inFlight.add(buffer);
        plane.ownInUse += buffer == Buffer.OWN ? 1 : 0;
        framesSent++;
        bytesSent += length;
        plane.framesSent++;
        plane.bytesSent += length;
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        network.post(pipe.forth, () -> arrive(payload));
    }

    /** Delivered: the frame reaches the other side, and its buffer is free again. */
    private void arrive(byte[] payload) {
        takeBack(inFlight.remove());
        if (pipe.receiver != null) {
            pipe.receiver.arrive(payload);
        }
    }

    private void takeBack(Buffer buffer) {
        if (buffer == Buffer.SHARED) {
            plane.giveShared();
        } else {
            plane.ownInUse--;
            ownFree = true;
            owner.wake();
        }
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
            network.post(pipe.forth, () -> grantBackEvents(report));
        }
        return event;
    }

    private void grantBackEvents(long consumedBytes) {
        if (pipe.receiver != null) {
            pipe.receiver.backEventsConsumed(consumedBytes);
        }
    }

    @Override
    public boolean receiverClosed() {
        return receiverClosed;
    }

    @Override
    public @Nullable Problem failure() {
        return failure;
    }

    @Override
    public ChannelStatistics statistics() {
        return new ChannelStatistics(framesSent, bytesSent, limit - framesSent);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (next == Buffer.SHARED) {
            plane.giveShared();
        }
        next = null;
        if (failure == null && !receiverClosed) {
            network.post(pipe.forth, this::arriveClose);
        } else {
            ownMemory.close();
            network.forget(pipe);
        }
    }

    private void arriveClose() {
        ownMemory.close();
        if (pipe.receiver == null) {
            pipe.endedEarly = true;
        } else if (pipe.receiver.isClosed()) {
            network.forget(pipe);
        } else {
            pipe.receiver.senderClosed();
        }
    }

    boolean isWithoutCredit() {
        return !closed && failure == null && !receiverClosed && framesSent == limit;
    }

    static int backEventCost(byte[] event) {
        return Math.max(ReceiveChannel.BACK_EVENT_COST, event.length);
    }

    // --- What reaches this end

    void announce() {
        pipe.announced = true;
        if (pipe.receiver != null) {
            pipe.receiver.match();
        }
    }

    void grant(long newLimit) {
        Check.invariant(newLimit >= limit, "credit goes back");
        limit = newLimit;
        owner.wake();
    }

    void backEvent(byte[] event) {
        if (!closed) {
            backEvents.add(event);
            owner.wake();
        }
    }

    void receiverGone() {
        receiverClosed = true;
        owner.wake();
    }

    void fail(Problem problem) {
        while (!inFlight.isEmpty()) {
            takeBack(inFlight.remove());
        }
        if (closed) {
            ownMemory.close();
        } else if (failure == null && !receiverClosed) {
            failure = problem;
            owner.wake();
        }
    }
}
