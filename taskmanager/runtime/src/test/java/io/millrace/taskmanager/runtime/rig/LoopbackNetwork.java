package io.millrace.taskmanager.runtime.rig;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.DataPlaneStatistics;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data planes that hand frames over at once, with credit per channel. Single-threaded. */
public final class LoopbackNetwork {
    private final Map<ChannelId, Pipe> pipes = new HashMap<>();
    private final int frameBytes;

    public LoopbackNetwork(int frameBytes) {
        this.frameBytes = frameBytes;
    }

    public DataPlane plane(PeerAddress address) {
        return new Plane(address);
    }

    /** Bytes that wait in all channels. */
    public long waitingBytes() {
        return pipes.values().stream()
                .flatMap(pipe -> pipe.frames.stream())
                .mapToLong(frame -> frame.length)
                .sum();
    }

    /** Breaks every channel. */
    public void fail(Problem problem) {
        pipes.values().forEach(pipe -> {
            pipe.failure = problem;
            pipe.wake();
        });
    }

    public int openEnds() {
        return pipes.size();
    }

    private Pipe pipe(ChannelId id) {
        return pipes.computeIfAbsent(id, Pipe::new);
    }

    private static final class Pipe {
        private final ChannelId id;
        private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
        private final ArrayDeque<byte[]> events = new ArrayDeque<>();
        private int credit;
        private int ends;
        private @Nullable Signal sender;
        private @Nullable Signal receiver;
        private @Nullable Problem failure;

        Pipe(ChannelId id) {
            this.id = id;
        }

        void wake() {
            if (sender != null) {
                sender.wake();
            }
            if (receiver != null) {
                receiver.wake();
            }
        }
    }

    private final class Plane implements DataPlane {
        private final PeerAddress address;

        Plane(PeerAddress address) {
            this.address = address;
        }

        @Override
        public PeerAddress address() {
            return address;
        }

        @Override
        public SendChannel openSend(ChannelId id, PeerAddress consumer, Signal owner) {
            Pipe pipe = pipe(id);
            pipe.sender = owner;
            pipe.ends++;
            return new Sender(pipe);
        }

        @Override
        public ReceiveChannel openReceive(ChannelId id, PeerAddress producer, int credits, Signal owner) {
            Pipe pipe = pipe(id);
            pipe.receiver = owner;
            pipe.credit += credits;
            pipe.ends++;
            return new Receiver(pipe);
        }

        @Override
        public DataPlaneStatistics statistics() {
            return new DataPlaneStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    private void closeEnd(Pipe pipe) {
        if (--pipe.ends == 0) {
            pipes.remove(pipe.id);
        }
    }

    private final class Sender implements SendChannel {
        private final Pipe pipe;
        private boolean closed;

        Sender(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public int maxPayloadBytes() {
            return frameBytes;
        }

        @Override
        public boolean canSend() {
            return pipe.credit > 0 && pipe.failure == null && !closed;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            if (!canSend() || length < 1 || length > frameBytes) {
                throw new IllegalStateException("Cannot send " + length + " bytes with credit " + pipe.credit);
            }
            pipe.credit--;
            pipe.frames.add(Arrays.copyOfRange(bytes, offset, offset + length));
            pipe.wake();
        }

        @Override
        public boolean receiverClosed() {
            return false;
        }

        @Override
        public ChannelStatistics statistics() {
            return new ChannelStatistics(0, 0, pipe.credit);
        }

        @Override
        public byte @Nullable [] pollBackEvent() {
            return pipe.events.poll();
        }

        @Override
        public @Nullable Problem failure() {
            return pipe.failure;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                closeEnd(pipe);
            }
        }
    }

    private final class Receiver implements ReceiveChannel {
        private final Pipe pipe;
        private boolean closed;

        Receiver(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public @Nullable Chunk poll() {
            byte[] frame = pipe.frames.poll();
            if (frame == null) {
                return null;
            }
            Chunk chunk = new Chunk(frameBytes);
            System.arraycopy(frame, 0, chunk.bytes(), 0, frame.length);
            chunk.fill(frame.length);
            return chunk;
        }

        @Override
        public boolean hasNext() {
            return !pipe.frames.isEmpty();
        }

        @Override
        public void release(Chunk chunk) {
            pipe.credit++;
            pipe.wake();
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public ChannelStatistics statistics() {
            return new ChannelStatistics(0, 0, pipe.credit);
        }

        @Override
        public void sendBack(byte[] event) {
            pipe.events.add(event.clone());
            pipe.wake();
        }

        @Override
        public @Nullable Problem failure() {
            return pipe.failure;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                closeEnd(pipe);
            }
        }
    }
}
