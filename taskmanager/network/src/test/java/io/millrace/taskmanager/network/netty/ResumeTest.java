package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.ChannelFixture;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import io.millrace.taskmanager.network.wire.FrameType;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.millrace.taskmanager.network.wire.Hello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a link whose connection is lost: nothing lost, nothing doubled, or a coded failure. */
class ResumeTest {
    private static final int CREDITS = 4;

    private NettyCluster cluster = new NettyCluster(NettyCluster.settings(ChannelFixture.SIZES));

    @AfterEach
    void close() {
        cluster.close();
    }

    private PeerAddress address() {
        return cluster.plane("m").address();
    }

    private static ChannelId id(int number) {
        return new ChannelId(new JobId(1, 1), 1, number, 0, 0);
    }

    private ReceiveChannel openReceive(RawPeer peer, int handle) {
        ReceiveChannel receive =
                cluster.plane("m").openReceive(id(handle), RawPeer.address("a", 1), CREDITS, cluster.signal());
        peer.write(out -> FrameWriter.open(out, handle, id(handle)));
        peer.read(FrameType.CREDIT);
        return receive;
    }

    private void expectFrame(ReceiveChannel receive, byte[] payload) {
        cluster.await("a frame arrives", receive::hasNext);
        Chunk chunk = Objects.requireNonNull(receive.poll());
        assertThat(Arrays.copyOf(chunk.bytes(), chunk.length())).isEqualTo(payload);
        receive.release(chunk);
    }

    private static byte[] data(long sequence, byte... payload) {
        ByteBuf out = Unpooled.buffer();
        FrameWriter.dataHeader(out, false, 0, sequence, payload.length);
        out.writeBytes(payload);
        return ByteBufUtil.getBytes(out);
    }

    @Test
    void aPeerThatDialsAgainWhileTheOldConnectionSeemsAliveTakesOver() {
        RawPeer old = RawPeer.greeted("a", address());
        ReceiveChannel receive = openReceive(old, 0);
        old.writeBytes(data(0, (byte) 1));
        old.writeBytes(data(1, (byte) 2));
        expectFrame(receive, new byte[] {1});
        cluster.await("the second frame arrives", receive::hasNext);

        RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(1, true, 0));
        assertThat(next.receivedByOther()).isEqualTo(3);
        assertThat(old.readToEnd()).isEmpty();
        next.writeBytes(data(2, (byte) 3));
        expectFrame(receive, new byte[] {2});
        expectFrame(receive, new byte[] {3});
        assertThat(cluster.plane("m").statistics().connections()).isEqualTo(1);
        receive.close();
        old.close();
        next.close();
    }

    @Test
    void aFrameThatWasCutComesAgainAsAWhole() {
        RawPeer old = RawPeer.greeted("a", address());
        ReceiveChannel receive = openReceive(old, 0);
        byte[] frame = data(0, (byte) 1, (byte) 2, (byte) 3);
        old.writeBytes(Arrays.copyOf(frame, frame.length - 1));
        old.close();

        RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(1, true, 0));
        assertThat(next.receivedByOther()).isEqualTo(1);
        next.writeBytes(frame);
        expectFrame(receive, new byte[] {1, 2, 3});
        assertThat(receive.poll()).isNull();
        receive.close();
        next.close();
    }

    @Test
    void whatWasNotReceivedIsSentAgainInOrderAndCreditToo() {
        RawPeer old = RawPeer.greeted("a", address());
        SendChannel send = cluster.plane("m").openSend(id(0), RawPeer.address("a", 1), cluster.signal());
        old.read(FrameType.OPEN);
        old.write(out -> FrameWriter.credit(out, 0, 10));
        for (int i = 0; i < 4; i++) {
            cluster.await("it can send", send::canSend);
            send.send(new byte[] {(byte) i}, 0, 1);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(readDataSequence(old)).isEqualTo(i);
        }
        // OPEN and the first frame were received.
        old.close();
        RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(1, true, 2));
        for (int i = 1; i < 4; i++) {
            assertThat(readDataSequence(next)).isEqualTo(i);
        }
        next.write(out -> FrameWriter.acknowledge(out, 5));
        cluster.await(
                "all buffers are back", () -> cluster.plane("m").statistics().sendBuffersInUse() == 0);
        send.close();
        assertThat(next.read(FrameType.CLOSE).body().getLong(4)).isEqualTo(4);
        next.close();
    }

    /** The next data frame, urgent or not. */
    private static long readDataSequence(RawPeer peer) {
        RawPeer.Frame frame = Objects.requireNonNull(peer.readAny());
        while (frame.type() != FrameType.DATA && frame.type() != FrameType.DATA_URGENT) {
            frame = Objects.requireNonNull(peer.readAny());
        }
        return frame.body().getLong(4);
    }

    @Test
    void aResumeThatContradictsWhatWasSentFailsTheChannels() {
        for (long received : new long[] {0, 7}) {
            RawPeer old = RawPeer.greeted("a", address(), new Hello.Session(received + 1, false, 0));
            SendChannel send = cluster.plane("m").openSend(id(0), RawPeer.address("a", 1), cluster.signal());
            old.read(FrameType.OPEN);
            old.write(out -> {
                FrameWriter.credit(out, 0, 10);
                FrameWriter.acknowledge(out, 1);
            });
            cluster.await("it can send", send::canSend);
            old.close();
            RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(received + 1, true, received));
            assertThat(next.readToEnd()).isEqualTo(NetworkErrors.SEQUENCE_BROKEN.name());
            cluster.await("the channel fails", () -> send.failure() != null);
            assertThat(Objects.requireNonNull(send.failure()).code()).isEqualTo(NetworkErrors.SEQUENCE_BROKEN.name());
            send.close();
            next.close();
        }
    }

    @Test
    void aNewSessionFailsTheChannelsOfTheOldOneAndTakesOverThoseThatHadNotBegun() {
        RawPeer old = RawPeer.greeted("a", address());
        ReceiveChannel begun = openReceive(old, 0);
        ReceiveChannel waiting = cluster.plane("m").openReceive(id(1), RawPeer.address("a", 1), 4, cluster.signal());
        SendChannel sending = cluster.plane("m").openSend(id(2), RawPeer.address("a", 1), cluster.signal());
        old.read(FrameType.OPEN);

        RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(2, false, 0));
        cluster.await("the old channel fails", () -> begun.failure() != null);
        assertThat(Objects.requireNonNull(begun.failure()).code()).isEqualTo(NetworkErrors.CONNECTION_LOST.name());

        assertThat(next.read(FrameType.OPEN).body().getInt(0)).isZero();
        next.write(out -> {
            FrameWriter.credit(out, 0, 1);
            FrameWriter.open(out, 0, id(1));
        });
        next.read(FrameType.CREDIT);
        next.writeBytes(data(0, (byte) 9));
        expectFrame(waiting, new byte[] {9});
        cluster.await("it can send", sending::canSend);
        sending.send(new byte[] {8}, 0, 1);
        assertThat(readDataSequence(next)).isZero();
        begun.close();
        waiting.close();
        sending.close();
        old.close();
        next.close();
    }

    @Test
    void aSessionWithoutChannelsCanBeResumedByThePeer() {
        RawPeer old = RawPeer.greeted("a", address());
        old.close();
        cluster.await("it is noticed", () -> cluster.plane("m").statistics().connections() == 0);
        RawPeer next = RawPeer.greeted("a", address(), new Hello.Session(1, true, 0));
        ReceiveChannel receive = openReceive(next, 0);
        next.writeBytes(data(0, (byte) 7));
        expectFrame(receive, new byte[] {7});
        receive.close();
        next.close();
    }

    @Test
    void aSessionWithoutChannelsIsResumedWithThePeer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SendChannel send =
                    cluster.plane("m").openSend(id(0), RawPeer.address("z", server.getLocalPort()), cluster.signal());
            RawPeer old = RawPeer.accept(server);
            old.read(FrameType.HELLO);
            old.write(out -> FrameWriter.hello(out, RawPeer.answer(address(), "z", RawPeer.PAYLOAD_BYTES)));
            send.close();
            old.read(FrameType.CLOSE);
            // OPEN and CLOSE: nothing is left to be sent again.
            old.write(out -> FrameWriter.acknowledge(out, 2));
            old.write(FrameWriter::ping);
            old.close();
            RawPeer next = RawPeer.accept(server);
            // magic, version, payload size, session, whether it resumes
            ByteBuf hello = next.read(FrameType.HELLO).body();
            assertThat(hello.getLong(10)).isEqualTo(1);
            assertThat(hello.getByte(18)).isEqualTo((byte) 1);
            next.close();
        }
    }

    @Test
    void aPeerThatIsSilentIsLost() {
        NetworkSettings settings = NettyCluster.settings(ChannelFixture.SIZES);
        cluster = new NettyCluster(settings.withTimeouts(
                settings.timeouts().withKeepAlive(Duration.ofMillis(30)).withReconnect(Duration.ofMillis(30))));
        ReceiveChannel receive =
                cluster.plane("m").openReceive(id(0), RawPeer.address("a", 1), CREDITS, cluster.signal());
        RawPeer peer = RawPeer.greeted("a", address());
        assertThat(peer.read(FrameType.PING)).isNotNull();
        assertThat(peer.readToEnd()).isEmpty();
        cluster.await("the channel fails", () -> receive.failure() != null);
        assertThat(Objects.requireNonNull(receive.failure()).code()).isEqualTo(NetworkErrors.CONNECTION_LOST.name());
        receive.close();
        peer.close();
    }

    @Test
    void aNetworkThatSwallowsEverythingIsNoticedAndGoneAround() {
        NetworkSettings settings = NettyCluster.settings(ChannelFixture.SIZES);
        cluster = new NettyCluster(settings.withTimeouts(settings.timeouts().withKeepAlive(Duration.ofMillis(40))));
        ReceiveChannel receive = cluster.plane("b").openReceive(id(0), cluster.address("b", "a"), 8, cluster.signal());
        SendChannel send = cluster.plane("a").openSend(id(0), cluster.address("a", "b"), cluster.signal());
        cluster.await("there is credit", send::canSend);
        cluster.proxy("a", "b").fallSilent();
        for (int i = 0; i < 3; i++) {
            cluster.await("it can send", send::canSend);
            send.send(new byte[] {(byte) i}, 0, 1);
        }
        for (int i = 0; i < 3; i++) {
            expectFrame(receive, new byte[] {(byte) i});
        }
        assertThat(receive.poll()).isNull();
        send.close();
        cluster.await("the end comes too", receive::ended);
        receive.close();
    }

    @Test
    void whatWasSentBeforeTheChannelClosedArrivesAlsoOverTheNextConnection() {
        ReceiveChannel receive = cluster.plane("b").openReceive(id(0), cluster.address("b", "a"), 3, cluster.signal());
        SendChannel send = cluster.plane("a").openSend(id(0), cluster.address("a", "b"), cluster.signal());
        for (int i = 0; i < 3; i++) {
            cluster.await("it can send", send::canSend);
            send.send(new byte[] {(byte) i}, 0, 1);
        }
        send.close();
        cluster.lose("a", "b");
        for (int i = 0; i < 3; i++) {
            expectFrame(receive, new byte[] {(byte) i});
        }
        cluster.await("it has ended", receive::ended);
        assertThat(receive.failure()).isNull();
        receive.close();
    }
}
