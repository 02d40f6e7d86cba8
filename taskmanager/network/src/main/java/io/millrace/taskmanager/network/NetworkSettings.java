package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Check;
import java.time.Duration;

/**
 * How one data plane listens, buffers and waits.
 *
 * @param listen where it listens and what it tells others
 * @param nativeTransport whether epoll is used where there is one; otherwise Java's selector
 * @param eventLoops threads that serve the connections; a peer is always served by the same one
 * @param buffers sizes
 * @param timeouts how long it waits for what
 * @param limits what a peer may ask for
 */
public record NetworkSettings(
        Listen listen, boolean nativeTransport, int eventLoops, Buffers buffers, Timeouts timeouts, Limits limits) {

    /** What suits a TaskManager; on loopback, on a free port. */
    public static final NetworkSettings DEFAULTS = new NetworkSettings(
            new Listen("127.0.0.1", "127.0.0.1", 0), true, 1, Buffers.DEFAULTS, Timeouts.DEFAULTS, Limits.DEFAULTS);

    public NetworkSettings {
        Check.argument(eventLoops >= 1 && eventLoops <= 64, "1 to 64 event loops, found " + eventLoops);
    }

    public NetworkSettings withListen(Listen other) {
        return new NetworkSettings(other, nativeTransport, eventLoops, buffers, timeouts, limits);
    }

    public NetworkSettings withNativeTransport(boolean other) {
        return new NetworkSettings(listen, other, eventLoops, buffers, timeouts, limits);
    }

    public NetworkSettings withEventLoops(int other) {
        return new NetworkSettings(listen, nativeTransport, other, buffers, timeouts, limits);
    }

    public NetworkSettings withBuffers(Buffers other) {
        return new NetworkSettings(listen, nativeTransport, eventLoops, other, timeouts, limits);
    }

    public NetworkSettings withTimeouts(Timeouts other) {
        return new NetworkSettings(listen, nativeTransport, eventLoops, buffers, other, limits);
    }

    public NetworkSettings withLimits(Limits other) {
        return new NetworkSettings(listen, nativeTransport, eventLoops, buffers, timeouts, other);
    }

    /**
     * Where a data plane is reached.
     *
     * @param bindHost the local address that it listens on
     * @param advertisedHost the host that peers dial
     * @param port the port, 0 for a free one
     */
    public record Listen(String bindHost, String advertisedHost, int port) {}

    /**
     * Sizes in bytes and counts.
     *
     * @param payloadBytes the largest payload of a frame; the same on all TaskManagers of a cluster
     * @param sharedSendBuffers buffers that all sending ends share, besides the one that each has for itself
     * @param readBytes what one event loop reads at once
     * @param socketBytes the kernel's send and receive buffer of a connection; 0 lets the kernel size them by the way,
     *     which {@code SpeedProbe} measured to cost least
     */
    public record Buffers(int payloadBytes, int sharedSendBuffers, int readBytes, int socketBytes) {
        public static final Buffers DEFAULTS = new Buffers(32 * 1024, 128, 256 * 1024, 0);

        public Buffers {
            Check.argument(
                    payloadBytes >= 64 && payloadBytes <= 16 * 1024 * 1024, "64 B to 16 MiB of payload per frame");
            Check.argument(sharedSendBuffers >= 0, "a count of buffers is not negative");
            Check.argument(readBytes >= 1024, "at least 1 KiB read at once");
            Check.argument(socketBytes >= 0, "a socket buffer is not negative");
        }
    }

    /**
     * How long a data plane waits.
     *
     * @param connect for a TCP connection that it dials
     * @param hello for the peer's hello on a fresh connection
     * @param awaitPeer for the first connection of a peer that has to dial
     * @param reconnect for a peer that has to dial again after a loss
     * @param keepAlive a connection without other traffic carries a ping this often; three silent intervals are a loss
     */
    public record Timeouts(
            Duration connect, Duration hello, Duration awaitPeer, Duration reconnect, Duration keepAlive) {
        public static final Timeouts DEFAULTS = new Timeouts(
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5));

        public Timeouts withHello(Duration other) {
            return new Timeouts(connect, other, awaitPeer, reconnect, keepAlive);
        }

        public Timeouts withAwaitPeer(Duration other) {
            return new Timeouts(connect, hello, other, reconnect, keepAlive);
        }

        public Timeouts withReconnect(Duration other) {
            return new Timeouts(connect, hello, awaitPeer, other, keepAlive);
        }

        public Timeouts withKeepAlive(Duration other) {
            return new Timeouts(connect, hello, awaitPeer, reconnect, other);
        }
    }

    /**
     * What a peer may ask for.
     *
     * @param channelsPerPeer channels that one peer may have open towards this TaskManager
     * @param handshakes connections that may wait for their hello at the same time
     */
    public record Limits(int channelsPerPeer, int handshakes) {
        public static final Limits DEFAULTS = new Limits(65_536, 256);

        public Limits {
            Check.argument(channelsPerPeer >= 1, "at least one channel per peer");
            Check.argument(handshakes >= 1, "at least one connection in its handshake");
        }
    }
}
