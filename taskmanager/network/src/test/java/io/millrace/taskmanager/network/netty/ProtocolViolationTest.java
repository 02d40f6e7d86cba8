package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer {@code a} that breaks the rules towards {@code m}: its connection ends with a code and its channels fail,
 * while the channel from {@code b} goes on and all buffers return.
 */
class ProtocolViolationTest {
    private static final int CREDITS = 4;

    private NettyCluster cluster;
    private SendChannel goodSend;
    private ReceiveChannel goodReceive;
    private RawPeer peer;
    private final List<ReceiveChannel> receives = new ArrayList<>();
    private final List<SendChannel> sends = new ArrayList<>();

    @BeforeEach
    void greet() {
        cluster = new NettyCluster(NettyCluster.settings(ChannelFixture.SIZES));
        goodReceive = cluster.plane("m").openReceive(id(99), cluster.address("m", "b"), CREDITS, cluster.signal());
        goodSend = cluster.plane("b").openSend(id(99), cluster.address("b", "m"), cluster.signal());
        peer = RawPeer.greeted("a", address());
    }

    @AfterEach
    void theGoodChannelGoesOnAndAllBuffersReturn() {
        for (int i = 0; i < 20; i++) {
            cluster.await("the good channel can send", goodSend::canSend);
            goodSend.send(new byte[] {(byte) i}, 0, 1);
            cluster.await("it arrives", goodReceive::hasNext);
            Chunk chunk = Objects.requireNonNull(goodReceive.poll());
            assertThat(chunk.bytes()[0]).isEqualTo((byte) i);
            goodReceive.release(chunk);
        }
        goodSend.close();
        goodReceive.close();
        sends.forEach(SendChannel::close);
        receives.forEach(ReceiveChannel::close);
        peer.close();
        cluster.await(
                "all buffers are back", () -> cluster.plane("m").statistics().sendBuffersInUse() == 0);
        cluster.await(
                "no channel holds memory",
                () -> !cluster.budget("m").byPurpose().containsKey("network.receive"));
        cluster.close();
    }

    private PeerAddress address() {
        return cluster.plane("m").address();
    }

    private static ChannelId id(int number) {
        return new ChannelId(new JobId(1, 1), 1, number, 0, 0);
    }

    private static PeerAddress rawAddress() {
        return RawPeer.address("a", 1);
    }

    /** Opens a channel from the raw peer, which has then got its credit. */
    private ReceiveChannel openReceive(int handle) {
        ReceiveChannel receive = cluster.plane("m").openReceive(id(handle), rawAddress(), CREDITS, cluster.signal());
        receives.add(receive);
        peer.write(out -> FrameWriter.open(out, handle, id(handle)));
        ByteBuf credit = peer.read(FrameType.CREDIT).body();
        assertThat(credit.readInt()).isEqualTo(handle);
        assertThat(credit.readLong()).isEqualTo(CREDITS);
        return receive;
    }

    /** Opens a channel to the raw peer, which has read its OPEN. */
    private SendChannel openSend() {
        SendChannel send = cluster.plane("m").openSend(id(50), rawAddress(), cluster.signal());
        sends.add(send);
        assertThat(peer.read(FrameType.OPEN).body().readInt()).isZero();
        return send;
    }

    private void isRefused(NetworkErrors code, Consumer<ByteBuf> frames) {
        peer.write(frames);
        assertThat(peer.readToEnd()).isEqualTo(code.name());
    }

    private static void data(ByteBuf out, int handle, long sequence, int length) {
        FrameWriter.dataHeader(out, false, handle, sequence, length);
        out.writeZero(length);
    }

    private void failsWith(NetworkErrors code, ReceiveChannel receive) {
        cluster.await("the channel fails", () -> receive.failure() != null);
        assertThat(Objects.requireNonNull(receive.failure()).code()).isEqualTo(code.name());
    }

    private void failsWith(NetworkErrors code, SendChannel send) {
        cluster.await("the channel fails", () -> send.failure() != null);
        assertThat(Objects.requireNonNull(send.failure()).code()).isEqualTo(code.name());
    }

    @Test
    void framesForHandlesThatWereNeverIssued() {
        ReceiveChannel receive = openReceive(0);
        isRefused(NetworkErrors.UNKNOWN_CHANNEL, out -> data(out, 1, 0, 5));
        failsWith(NetworkErrors.UNKNOWN_CHANNEL, receive);
    }

    @Test
    void aNegativeHandle() {
        isRefused(NetworkErrors.UNKNOWN_CHANNEL, out -> FrameWriter.credit(out, -1, 5));
    }

    @Test
    void creditForAChannelThatWasNeverOpened() {
        SendChannel send = openSend();
        isRefused(NetworkErrors.UNKNOWN_CHANNEL, out -> FrameWriter.credit(out, 1, 5));
        failsWith(NetworkErrors.UNKNOWN_CHANNEL, send);
    }

    @Test
    void handlesThatAreNotGivenInOrder() {
        isRefused(NetworkErrors.MALFORMED_FRAME, out -> FrameWriter.open(out, 3, id(3)));
    }

    @Test
    void aChannelThatIsOpenedTwice() {
        isRefused(NetworkErrors.DUPLICATE_CHANNEL, out -> {
            FrameWriter.open(out, 0, id(3));
            FrameWriter.open(out, 1, id(3));
        });
    }

    @Test
    void dataBeyondTheCredit() {
        ReceiveChannel receive = openReceive(0);
        isRefused(NetworkErrors.CREDIT_EXCEEDED, out -> {
            for (int i = 0; i <= CREDITS; i++) {
                data(out, 0, i, 5);
            }
        });
        failsWith(NetworkErrors.CREDIT_EXCEEDED, receive);
        for (int i = 0; i < CREDITS; i++) {
            receive.release(Objects.requireNonNull(receive.poll()));
        }
        assertThat(receive.poll()).isNull();
    }

    @Test
    void dataForAChannelWithoutAReceiver() {
        isRefused(NetworkErrors.CREDIT_EXCEEDED, out -> {
            FrameWriter.open(out, 0, id(0));
            data(out, 0, 0, 5);
        });
    }

    @Test
    void aGapAndARepetitionInTheSequence() {
        ReceiveChannel receive = openReceive(0);
        isRefused(NetworkErrors.SEQUENCE_BROKEN, out -> {
            data(out, 0, 0, 5);
            data(out, 0, 2, 5);
        });
        failsWith(NetworkErrors.SEQUENCE_BROKEN, receive);
        peer.close();
        peer = RawPeer.greeted("a", address(), new Hello.Session(2, false, 0));
        ReceiveChannel again = openReceive(0);
        isRefused(NetworkErrors.SEQUENCE_BROKEN, out -> {
            data(out, 0, 0, 5);
            data(out, 0, 0, 5);
        });
        failsWith(NetworkErrors.SEQUENCE_BROKEN, again);
    }

    @Test
    void aCloseThatCountsOtherFramesThanCame() {
        ReceiveChannel receive = openReceive(0);
        isRefused(NetworkErrors.SEQUENCE_BROKEN, out -> FrameWriter.close(out, 0, 1));
        failsWith(NetworkErrors.SEQUENCE_BROKEN, receive);
    }

    @Test
    void creditThatGoesBackOrJumps() {
        SendChannel send = openSend();
        isRefused(NetworkErrors.CREDIT_EXCEEDED, out -> {
            FrameWriter.credit(out, 0, 5);
            FrameWriter.credit(out, 0, 4);
        });
        failsWith(NetworkErrors.CREDIT_EXCEEDED, send);
    }

    @Test
    void creditWithoutBounds() {
        openSend();
        isRefused(NetworkErrors.CREDIT_EXCEEDED, out -> FrameWriter.credit(out, 0, Long.MAX_VALUE));
    }

    @Test
    void acknowledgementsOfFramesThatWereNotSent() {
        SendChannel send = openSend();
        isRefused(NetworkErrors.SEQUENCE_BROKEN, out -> FrameWriter.acknowledge(out, 2));
        failsWith(NetworkErrors.SEQUENCE_BROKEN, send);
    }

    @Test
    void acknowledgementsThatGoBack() {
        openSend();
        isRefused(NetworkErrors.SEQUENCE_BROKEN, out -> {
            FrameWriter.acknowledge(out, 1);
            FrameWriter.acknowledge(out, 0);
        });
    }

    @Test
    void backEventsBeyondTheWindowOrOutOfOrder() {
        SendChannel send = openSend();
        isRefused(NetworkErrors.BACK_EVENT_OVERFLOW, out -> {
            for (int i = 0; i < 3; i++) {
                FrameWriter.backEvent(out, 0, i, new byte[ReceiveChannel.MAX_BACK_EVENT_BYTES]);
            }
        });
        failsWith(NetworkErrors.BACK_EVENT_OVERFLOW, send);
        assertThat(send.pollBackEvent()).hasSize(ReceiveChannel.MAX_BACK_EVENT_BYTES);
    }

    @Test
    void backCreditForMoreThanWasSent() {
        openReceive(0);
        isRefused(NetworkErrors.CREDIT_EXCEEDED, out -> FrameWriter.backCredit(out, 0, 1));
    }

    @Test
    void moreChannelsThanTheLimit() {
        peer.close();
        cluster.close();
        cluster = new NettyCluster(
                NettyCluster.settings(ChannelFixture.SIZES).withLimits(new NetworkSettings.Limits(3, 10)));
        goodReceive = cluster.plane("m").openReceive(id(99), cluster.address("m", "b"), CREDITS, cluster.signal());
        goodSend = cluster.plane("b").openSend(id(99), cluster.address("b", "m"), cluster.signal());
        peer = RawPeer.greeted("a", address());
        isRefused(NetworkErrors.TOO_MANY_CHANNELS, out -> {
            for (int i = 0; i < 4; i++) {
                FrameWriter.open(out, i, id(i));
            }
        });
    }

    @Test
    void lateFramesOfAClosedChannelAreNoViolation() {
        ReceiveChannel receive = openReceive(0);
        receive.close();
        peer.read(FrameType.STOP);
        peer.data(0, 0, 5);
        peer.data(0, 1, 100);
        peer.write(out -> FrameWriter.close(out, 0, 2));
        cluster.await("they are counted", () -> cluster.plane("m").statistics().framesDropped() == 2);
        ReceiveChannel next = openReceive(1);
        peer.data(1, 0, 5);
        cluster.await("the connection goes on", next::hasNext);
        next.release(Objects.requireNonNull(next.poll()));
    }

    @Test
    void framesOfAnOlderRunFindNoReceiver() {
        ReceiveChannel receive = openReceive(0);
        ChannelId older = new ChannelId(id(0).job(), 0, 0, 0, 0);
        peer.write(out -> {
            FrameWriter.open(out, 1, older);
            FrameWriter.close(out, 1, 0);
        });
        peer.data(0, 0, 7);
        cluster.await("the connection goes on", receive::hasNext);
        receive.release(Objects.requireNonNull(receive.poll()));
    }

    @Test
    void aPeerThatRefusesFailsTheChannelsWithItsReason() {
        ReceiveChannel receive = openReceive(0);
        peer.write(out -> FrameWriter.refuse(out, Problem.of(NetworkErrors.CREDIT_EXCEEDED, "you sent too much")));
        peer.close();
        failsWith(NetworkErrors.PEER_REFUSED, receive);
        assertThat(Objects.requireNonNull(receive.failure()).why()).isEqualTo("CREDIT_EXCEEDED: you sent too much");
    }

    @Test
    void randomBytesEndTheConnectionOrDoNothing() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            peer.close();
            long session = seed + 2;
            peer = RawPeer.dial(address());
            peer.write(
                    out -> FrameWriter.hello(out, RawPeer.hello("a", address(), new Hello.Session(session, false, 0))));
            peer.read(FrameType.HELLO);
            ReceiveChannel receive = openReceive(0);
            peer.writeBytes(damaged(random));
            peer.close();
            cluster.await("the channel fails", () -> receive.failure() != null);
            assertThat(NetworkErrors.values())
                    .extracting(Enum::name)
                    .contains(Objects.requireNonNull(receive.failure()).code());
            receive.close();
            receives.clear();
        }
    }

    /** Good frames, some of them damaged, and then nonsense. */
    private static byte[] damaged(Random random) {
        ByteBuf out = Unpooled.buffer();
        data(out, 0, 0, 1 + random.nextInt(200));
        FrameWriter.ping(out);
        data(out, 0, 1, 1 + random.nextInt(200));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(out.writerIndex());
            out.setByte(at, out.getByte(at) ^ (1 << random.nextInt(8)));
        }
        byte[] nonsense = new byte[1 + random.nextInt(100)];
        random.nextBytes(nonsense);
        out.writeBytes(nonsense);
        // A length that is refused: so the connection always ends, and not only when the peer closes.
        out.writeInt(-1);
        out.writeByte(FrameType.DATA.code());
        return ByteBufUtil.getBytes(out);
    }
}
