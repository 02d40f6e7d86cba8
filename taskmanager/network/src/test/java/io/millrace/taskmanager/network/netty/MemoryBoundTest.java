package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import io.millrace.taskmanager.network.wire.FrameType;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A slow side costs what was reserved for it, and no more however long it is slow. */
class MemoryBoundTest {
    private static final int PAYLOAD_BYTES = 32 * 1024;
    private static final int SHARED = 8;
    private static final int CREDITS = 8;
    private static final int CHANNELS = 10;
    private static final NetworkSettings.Buffers SIZES =
            new NetworkSettings.Buffers(PAYLOAD_BYTES, SHARED, 64 * 1024, 256 * 1024);

    private static final long SEND_BUFFERS_BYTES =
            (SHARED + CHANNELS) * (long) (FrameWriter.DATA_HEADER_BYTES + PAYLOAD_BYTES);

    private static ChannelId id(int number) {
        return new ChannelId(new JobId(1, 1), 1, number, 0, 0);
    }

    /** Direct memory of Java's buffers, which send buffers are, and of Netty's arenas. */
    private static long directBytes() {
        long bytes = PlatformDependent.usedDirectMemory();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return bytes;
    }

    /** OPEN, CLOSE, STOP and back events that wait to be sent or acknowledged; does not depend on the collector. */
    private static long controlFrameBytes() {
        return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static final class Channels {
        final List<SendChannel> sends = new ArrayList<>();
        final List<ReceiveChannel> receives = new ArrayList<>();
        private final byte[] payload = new byte[PAYLOAD_BYTES];

        Channels(NettyCluster cluster) {
            for (int i = 0; i < CHANNELS; i++) {
                receives.add(
                        cluster.plane("b").openReceive(id(i), cluster.address("b", "a"), CREDITS, cluster.signal()));
                sends.add(cluster.plane("a").openSend(id(i), cluster.address("a", "b"), cluster.signal()));
            }
        }

        long fill() {
            for (SendChannel send : sends) {
                while (send.canSend()) {
                    send.send(payload, 0, payload.length);
                }
            }
            return sends.stream().mapToLong(send -> send.statistics().frames()).sum();
        }

        void drain() {
            for (ReceiveChannel receive : receives) {
                for (Chunk chunk = receive.poll(); chunk != null; chunk = receive.poll()) {
                    receive.release(chunk);
                }
            }
        }

        void close() {
            sends.forEach(SendChannel::close);
            receives.forEach(ReceiveChannel::close);
        }
    }

    private static NettyCluster cluster() {
        NettyCluster cluster = new NettyCluster(NettyCluster.settings(SIZES), 64 << 20);
        cluster.plane("a");
        cluster.plane("b");
        return cluster;
    }

    @Test
    void aReceiverThatReadsNothingTakesItsCreditAndNothingGrowsBeyondTheBudget() {
        long before = directBytes();
        try (NettyCluster cluster = cluster()) {
            Channels channels = new Channels(cluster);
            long reserved =
                    cluster.budget("a").reservedBytes() + cluster.budget("b").reservedBytes();
            cluster.await("all credit is used", () -> channels.fill() == CHANNELS * CREDITS);
            cluster.await(
                    "all arrived and the sender's buffers are free again",
                    () -> cluster.plane("a").statistics().sendBuffersInUse() == 0);

            for (int round = 0; round < 1_000; round++) {
                assertThat(channels.fill()).isEqualTo(CHANNELS * CREDITS);
                cluster.progress();
            }
            assertThat(directBytes() - before).isLessThanOrEqualTo(reserved);
            assertThat(cluster.budget("b").byPurpose())
                    .containsEntry("network.receive", (long) CHANNELS * CREDITS * PAYLOAD_BYTES);

            channels.drain();
            cluster.await("it goes on", () -> channels.fill() > CHANNELS * CREDITS);
            channels.close();
        }
    }

    @Test
    void directMemoryDoesNotGrowWithTheNumberOfFrames() {
        long controlBefore = controlFrameBytes();
        try (NettyCluster cluster = cluster()) {
            Channels channels = new Channels(cluster);
            exchange(cluster, channels, 500);
            long before = directBytes();
            exchange(cluster, channels, 5_000);
            // A send buffer gets its memory at its first use, which may be late. Earlier tests' memory may go
            // meanwhile.
            assertThat(directBytes() - before).isLessThanOrEqualTo(SEND_BUFFERS_BYTES);
            for (String name : List.of("a", "b")) {
                assertThat(cluster.plane(name).arenaBytes())
                        .as("arenas of " + name)
                        .isLessThanOrEqualTo(cluster.budget(name).byPurpose().get("network.read"));
            }
            channels.close();
            cluster.await("all control frames are freed", () -> controlFrameBytes() == controlBefore);
        }
    }

    private static void exchange(NettyCluster cluster, Channels channels, long frames) {
        long target = channels.fill() + frames;
        cluster.await("frames went through", () -> {
            channels.drain();
            return channels.fill() >= target;
        });
    }

    @Test
    void aPeerThatReadsNothingFromItsSocketHoldsAtMostTheSendBuffers() throws IOException {
        long before = directBytes();
        NettyCluster cluster = cluster();
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        try {
            List<SendChannel> sends = IntStream.range(0, CHANNELS)
                    .mapToObj(i -> cluster.plane("a")
                            .openSend(id(i), RawPeer.address("z", server.getLocalPort()), cluster.signal()))
                    .toList();
            RawPeer peer = RawPeer.accept(server);
            peer.read(FrameType.HELLO);
            peer.write(out ->
                    FrameWriter.hello(out, RawPeer.answer(cluster.plane("a").address(), "z", PAYLOAD_BYTES)));
            // Credit for a channel that was not opened yet would break the protocol.
            for (int i = 0; i < CHANNELS; i++) {
                peer.read(FrameType.OPEN);
            }
            peer.write(out -> {
                for (int i = 0; i < CHANNELS; i++) {
                    FrameWriter.credit(out, i, DataPlane.MAX_CREDITS);
                }
            });
            byte[] payload = new byte[PAYLOAD_BYTES];
            cluster.await("every buffer is in use", () -> {
                for (SendChannel send : sends) {
                    if (send.canSend()) {
                        send.send(payload, 0, payload.length);
                    }
                }
                return framesOf(sends) == SHARED + CHANNELS;
            });
            for (int round = 0; round < 1_000; round++) {
                assertThat(sends).noneMatch(SendChannel::canSend);
                cluster.progress();
            }
            assertThat(cluster.plane("a").statistics().sendBuffersInUse()).isEqualTo(SHARED + CHANNELS);
            assertThat(directBytes() - before)
                    .isLessThanOrEqualTo(cluster.budget("a").reservedBytes()
                            + cluster.budget("b").reservedBytes());

            // Nobody is there when the peer is dialled again.
            server.close();
            peer.close();
            cluster.await("the channels fail", () -> sends.stream().allMatch(send -> send.failure() != null));
            cluster.await(
                    "all buffers are back",
                    () -> cluster.plane("a").statistics().sendBuffersInUse() == 0);
            sends.forEach(SendChannel::close);
        } finally {
            server.close();
            cluster.close();
        }
    }

    private static long framesOf(List<SendChannel> sends) {
        return sends.stream().mapToLong(send -> send.statistics().frames()).sum();
    }

    @Test
    void aChannelWithoutSharedBuffersGetsOnWithItsOwn() {
        NetworkSettings.Buffers onlyOwn = new NetworkSettings.Buffers(PAYLOAD_BYTES, 0, 64 * 1024, 0);
        try (NettyCluster cluster = new NettyCluster(NettyCluster.settings(onlyOwn), 64 << 20)) {
            Channels channels = new Channels(cluster);
            for (int i = 0; i < 200; i++) {
                SendChannel send = channels.sends.get(i % CHANNELS);
                ReceiveChannel receive = channels.receives.get(i % CHANNELS);
                cluster.await("it can send", send::canSend);
                send.send(new byte[] {(byte) i}, 0, 1);
                cluster.await("it arrives", receive::hasNext);
                receive.release(Objects.requireNonNull(receive.poll()));
            }
            channels.close();
        }
    }
}
