package io.millrace.taskmanager.network.memory;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.ReceiveChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The receiving end of a channel in memory. */
final class InMemoryReceive implements ReceiveChannel {
    private final InMemoryDataPlane plane;
    private final InMemoryNetwork network;
    private final Pipe pipe;
    private final int credits;
    private final MemoryReservation memory;
    private final Signal owner;
    private final Queue<Chunk> filled = new ArrayDeque<>();
    private final Deque<Chunk> empty = new ArrayDeque<>();
    private final Queue<byte[]> earlyBackEvents = new ArrayDeque<>();

    private long framesArrived;
    private long framesPolled;
    private long bytesPolled;
    private long framesReleased;
    private long limitAnnounced;
    private long backBytesSent;
    private long backBytesConsumed;
    private boolean senderClosed;
    private boolean closed;
    private @Nullable Problem failure;

    InMemoryReceive(
            InMemoryDataPlane plane,
            InMemoryNetwork network,
            Pipe pipe,
            int credits,
            MemoryReservation memory,
            Signal owner) {
        this.plane = plane;
        this.network = network;
        this.pipe = pipe;
        this.credits = credits;
        this.memory = memory;
        this.owner = owner;
        for (int i = 0; i < credits; i++) {
            empty.push(new Chunk(plane.payloadBytes()));
        }
    }

    boolean belongsTo(TaskManagerId id) {
        return plane.id().equals(id);
    }

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
        Check.invariant(framesReleased < framesPolled, "a chunk of another channel is released");
        empty.push(chunk);
        framesReleased++;
        boolean worthAMessage = framesReleased + credits - limitAnnounced >= Math.max(1, credits / 2);
        if (worthAMessage && !closed && failure == null && !senderClosed) {
            announceCredit();
        }
    }

    @Override
    public void sendBack(byte[] event) {
        Check.argument(event.length <= MAX_BACK_EVENT_BYTES, "A back event does not hold " + event.length + " bytes");
        if (closed || failure != null || senderClosed) {
            return;
        }
        backBytesSent += InMemorySend.backEventCost(event);
        if (backBytesSent > backBytesConsumed + BACK_EVENT_WINDOW) {
            failure = Problem.of(NetworkErrors.BACK_EVENT_OVERFLOW, "More back events than the window holds");
            return;
        }
        if (pipe.announced) {
            network.post(pipe.back, () -> arriveBack(event));
        } else {
            earlyBackEvents.add(event);
        }
    }

    private void arriveBack(byte[] event) {
        if (pipe.sender != null) {
            pipe.sender.backEvent(event);
        }
    }

    @Override
    public boolean ended() {
        return senderClosed && filled.isEmpty();
    }

    @Override
    public @Nullable Problem failure() {
        return failure;
    }

    @Override
    public ChannelStatistics statistics() {
        return new ChannelStatistics(framesPolled, bytesPolled, credits - (framesArrived - framesReleased));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.close();
        if (senderClosed) {
            network.forget(pipe);
        } else if (pipe.announced) {
            network.post(pipe.back, this::arriveStop);
        }
    }

    private void arriveStop() {
        if (pipe.sender != null) {
            pipe.sender.receiverGone();
        }
    }

    // --- What reaches this end

    boolean isClosed() {
        return closed;
    }

    /** The sending end was heard of: credit and back events can go out. */
    void match() {
        if (closed) {
            network.post(pipe.back, this::arriveStop);
            return;
        }
        announceCredit();
        while (!earlyBackEvents.isEmpty()) {
            byte[] event = earlyBackEvents.remove();
            network.post(pipe.back, () -> arriveBack(event));
        }
    }

    private void announceCredit() {
        long limit = framesReleased + credits;
        limitAnnounced = limit;
        network.post(pipe.back, () -> arriveCredit(limit));
    }

    private void arriveCredit(long limit) {
        if (pipe.sender != null) {
            pipe.sender.grant(limit);
        }
    }

    void arrive(byte[] payload) {
        plane.framesReceived++;
        plane.bytesReceived += payload.length;
        framesArrived++;
        if (closed) {
            plane.framesDropped++;
            return;
        }
        Check.invariant(framesArrived <= limitAnnounced, "a frame without credit on " + pipe.id);
        Chunk chunk = empty.pop();
        System.arraycopy(payload, 0, chunk.bytes(), 0, payload.length);
        chunk.fill(payload.length);
        filled.add(chunk);
        owner.wake();
    }

    void backEventsConsumed(long consumedBytes) {
        backBytesConsumed = consumedBytes;
    }

    void senderClosed() {
        senderClosed = true;
        owner.wake();
    }

    long creditsOutstanding() {
        boolean over = closed || failure != null || senderClosed;
        return over ? 0 : limitAnnounced - framesArrived;
    }

    void fail(Problem problem) {
        if (!closed && failure == null && !senderClosed) {
            failure = problem;
            owner.wake();
        }
    }
}
