package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.ChannelFixture;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import io.millrace.taskmanager.network.wire.FrameType;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.millrace.taskmanager.network.wire.Hello;
import io.millrace.taskmanager.network.wire.Node;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that do not become links, and what they leave alone. The plane under test is {@code m}. */
class HandshakeTest {
    private static final ChannelId CHANNEL = new ChannelId(new JobId(1, 1), 1, 1, 0, 0);
    private static final Hello.Session FIRST = new Hello.Session(1, false, 0);

    private NettyCluster cluster = new NettyCluster(settings());

    private static NetworkSettings settings() {
        return NettyCluster.settings(ChannelFixture.SIZES);
    }

    private PeerAddress address() {
        return cluster.plane("m").address();
    }

    private void useHelloTimeout(Duration timeout) {
        cluster = new NettyCluster(settings().withTimeouts(settings().timeouts().withHello(timeout)));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private String refusalOf(Hello hello) {
        try (RawPeer peer = RawPeer.dial(address())) {
            peer.write(out -> FrameWriter.hello(out, hello));
            return peer.readToEnd();
        }
    }

    private Hello hello(String cluster, Node from, Node to, int payloadBytes) {
        return new Hello(cluster, from, to, payloadBytes, FIRST);
    }

    private Node self() {
        return new Node(address().taskManager(), address().incarnation());
    }

    @Test
    void aGoodHelloIsAnswered() {
        try (RawPeer peer = RawPeer.greeted("a", address())) {
            peer.write(FrameWriter::ping);
            cluster.await(
                    "one connection", () -> cluster.plane("m").statistics().connections() == 1);
        }
        cluster.await("none again", () -> cluster.plane("m").statistics().connections() == 0);
    }

    @Test
    void aHelloThatDoesNotFitIsRefusedAndToldWhy() {
        Node from = RawPeer.node("a");
        int payload = RawPeer.PAYLOAD_BYTES;
        assertThat(refusalOf(hello("other", from, self(), payload))).isEqualTo("WRONG_CLUSTER");
        assertThat(refusalOf(hello("test", from, RawPeer.node("n"), payload))).isEqualTo("WRONG_PEER");
        Node otherLife = new Node(new TaskManagerId("m"), new Incarnation(-5));
        assertThat(refusalOf(hello("test", from, otherLife, payload))).isEqualTo("WRONG_INCARNATION");
        assertThat(refusalOf(hello("test", RawPeer.node("z"), self(), payload))).isEqualTo("WRONG_PEER");
        assertThat(refusalOf(hello("test", RawPeer.node("m"), self(), payload))).isEqualTo("WRONG_PEER");
        assertThat(refusalOf(hello("test", from, self(), payload + 1))).isEqualTo("WRONG_BUFFER_SIZE");
        cluster.await("all are counted", () -> cluster.plane("m").statistics().refusals() == 6);
    }

    @Test
    void anotherVersionIsToldAndAStrangerIsNot() {
        String good = ByteBufUtil.hexDump(bytesOf(hello("test", RawPeer.node("a"), self(), 256)));
        assertThat(answerTo(HexFormat.of().parseHex(good.replace("4d4c52430001", "4d4c52430007"))))
                .isEqualTo("WRONG_PROTOCOL_VERSION");
        assertThat(answerTo(HexFormat.of().parseHex(good.replace("4d4c5243", "00000000"))))
                .isEmpty();
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: m\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        cluster.await("all are counted", () -> cluster.plane("m").statistics().refusals() == 3);
    }

    private static ByteBuf bytesOf(Hello hello) {
        ByteBuf out = Unpooled.buffer();
        FrameWriter.hello(out, hello);
        return out;
    }

    private String answerTo(byte[] bytes) {
        try (RawPeer peer = RawPeer.dial(address())) {
            peer.writeBytes(bytes);
            return peer.readToEnd();
        }
    }

    @Test
    void framesBeforeTheHelloAndASecondHelloAreRefused() {
        try (RawPeer peer = RawPeer.dial(address())) {
            peer.write(out -> FrameWriter.open(out, 0, CHANNEL));
            assertThat(peer.readToEnd()).isEmpty();
        }
        try (RawPeer peer = RawPeer.greeted("a", address())) {
            peer.write(out -> FrameWriter.hello(out, RawPeer.hello("a", address(), FIRST)));
            assertThat(peer.readToEnd()).isEqualTo("UNEXPECTED_FRAME");
        }
    }

    @Test
    void aSessionThatIsNotKnownCannotBeResumed() {
        assertThat(refusalOf(RawPeer.hello("a", address(), new Hello.Session(4, true, 10))))
                .isEqualTo("STALE_SESSION");
        try (RawPeer peer = RawPeer.greeted("a", address())) {
            assertThat(refusalOf(RawPeer.hello("a", address(), new Hello.Session(1, false, 0))))
                    .isEqualTo("STALE_SESSION");
            assertThat(refusalOf(RawPeer.hello("a", address(), new Hello.Session(2, true, 0))))
                    .isEqualTo("STALE_SESSION");
            peer.write(FrameWriter::ping);
            assertThat(cluster.plane("m").statistics().connections()).isEqualTo(1);
        }
    }

    @Test
    void whoeverSaysNoHelloInTimeIsClosedAndOthersDoNotNotice() {
        useHelloTimeout(Duration.ofMillis(150));
        ReceiveChannel receive =
                cluster.plane("m").openReceive(CHANNEL, cluster.address("m", "a"), 4, cluster.signal());
        SendChannel send = cluster.plane("a").openSend(CHANNEL, cluster.address("a", "m"), cluster.signal());
        cluster.await("the good channel is up", send::canSend);
        byte[] hello = ByteBufUtil.getBytes(bytesOf(RawPeer.hello("b", address(), FIRST)));
        List<RawPeer> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawPeer peer = RawPeer.dial(address());
            peer.writeBytes(Arrays.copyOf(hello, i % hello.length));
            slow.add(peer);
        }
        int sent = 0;
        while (cluster.plane("m").statistics().refusals() < 50) {
            cluster.await("the good channel goes on", send::canSend);
            send.send(new byte[10], 0, 10);
            cluster.await("and arrives", receive::hasNext);
            receive.release(Objects.requireNonNull(receive.poll()));
            sent++;
        }
        assertThat(sent).isPositive();
        for (RawPeer peer : slow) {
            assertThat(peer.readToEnd()).isEmpty();
            peer.close();
        }
        send.close();
        receive.close();
    }

    @Test
    void theOldestOfTooManyStrangersMakesRoomForTheNext() {
        cluster = new NettyCluster(settings().withLimits(new NetworkSettings.Limits(100, 8)));
        List<RawPeer> strangers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            strangers.add(RawPeer.dial(address()));
        }
        for (int i = 0; i < 12; i++) {
            assertThat(strangers.get(i).readToEnd()).isEmpty();
        }
        try (RawPeer good = RawPeer.greeted("a", address())) {
            good.write(FrameWriter::ping);
        }
        cluster.await(
                "the refused are counted", () -> cluster.plane("m").statistics().refusals() >= 12);
        strangers.forEach(RawPeer::close);
    }

    @Test
    void aPeerThatDoesNotAnswerTheDialFailsTheChannels() throws IOException {
        useHelloTimeout(Duration.ofMillis(150));
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SendChannel send =
                    cluster.plane("m").openSend(CHANNEL, RawPeer.address("z", mute.getLocalPort()), cluster.signal());
            cluster.await("it fails", () -> send.failure() != null);
            assertThat(code(send)).isEqualTo(NetworkErrors.HELLO_TIMEOUT.name());
            send.close();
        }
    }

    @Test
    void aPeerThatCannotBeReachedFailsTheChannels() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        SendChannel send = cluster.plane("m").openSend(CHANNEL, RawPeer.address("z", port), cluster.signal());
        cluster.await("it fails", () -> send.failure() != null);
        assertThat(code(send)).isEqualTo(NetworkErrors.CONNECT_FAILED.name());
        SendChannel unknown = cluster.plane("m")
                .openSend(
                        CHANNEL,
                        new PeerAddress(new TaskManagerId("z"), new Incarnation(2), "no-such-host.invalid", 1),
                        cluster.signal());
        cluster.await("it fails", () -> unknown.failure() != null);
        assertThat(code(unknown)).isEqualTo(NetworkErrors.CONNECT_FAILED.name());
        send.close();
        unknown.close();
    }

    @Test
    void aPeerThatHasToDialAndDoesNotFailsTheChannels() {
        cluster =
                new NettyCluster(settings().withTimeouts(settings().timeouts().withAwaitPeer(Duration.ofMillis(100))));
        SendChannel send = cluster.plane("m").openSend(CHANNEL, RawPeer.address("a", 1), cluster.signal());
        cluster.await("it fails", () -> send.failure() != null);
        assertThat(code(send)).isEqualTo(NetworkErrors.CONNECT_FAILED.name());
        send.close();
    }

    @Test
    void anotherLifeOfThePeerIsNotTakenForIt() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SendChannel send =
                    cluster.plane("m").openSend(CHANNEL, RawPeer.address("z", server.getLocalPort()), cluster.signal());
            try (RawPeer peer = RawPeer.accept(server)) {
                peer.read(FrameType.HELLO);
                Node restarted = new Node(new TaskManagerId("z"), new Incarnation(2));
                peer.write(out -> FrameWriter.hello(out, hello("test", restarted, self(), 256)));
                assertThat(peer.readToEnd()).isEqualTo("WRONG_INCARNATION");
            }
            cluster.await("it fails", () -> send.failure() != null);
            assertThat(code(send)).isEqualTo(NetworkErrors.WRONG_INCARNATION.name());
            send.close();
        }
    }

    private static String code(SendChannel channel) {
        return Objects.requireNonNull(channel.failure()).code();
    }
}
