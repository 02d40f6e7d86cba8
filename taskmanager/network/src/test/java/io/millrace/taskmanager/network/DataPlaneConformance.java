package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@link DataPlane} does. Each test ends with all buffers returned and nothing left
 * behind.
 */
public abstract class DataPlaneConformance {
    /** Small, so that a few frames reach every limit. */
    public static final NetworkSettings.Buffers SIZES = new NetworkSettings.Buffers(256, 3, 4096, 0);

    private static final int CREDITS = 4;

    private TestCluster cluster;
    private final List<SendChannel> sends = new ArrayList<>();
    private final List<ReceiveChannel> receives = new ArrayList<>();
    private int nextChannel;

    /** A cluster with buffers of {@link #SIZES} and 1 MiB of network memory for each TaskManager. */
    protected abstract TestCluster startCluster();

    @BeforeEach
    void startOneCluster() {
        cluster = startCluster();
    }

    @AfterEach
    void allBuffersReturnAndNothingIsLeft() {
        sends.forEach(SendChannel::close);
        receives.forEach(ReceiveChannel::close);
        for (String name : List.of("a", "b", "c")) {
            cluster.await(
                    "no buffer of " + name + " is in use",
                    () -> cluster.plane(name).statistics().sendBuffersInUse() == 0);
            cluster.await(
                    "no channel of " + name + " holds memory",
                    () -> !cluster.budget(name).byPurpose().containsKey("network.receive"));
        }
        cluster.close();
        for (String name : List.of("a", "b", "c")) {
            assertThat(cluster.budget(name).byPurpose()).isEmpty();
        }
    }

    /** Both ends of one channel. */
    private record Channel(SendChannel send, ReceiveChannel receive) {}

    private ChannelId newId() {
        return new ChannelId(new JobId(7, 9), 3, 0, nextChannel++, 1);
    }

    private Channel open(String from, String to) {
        ChannelId id = newId();
        ReceiveChannel receive = receive(id, from, to);
        return new Channel(send(id, from, to), receive);
    }

    private SendChannel send(ChannelId id, String from, String to) {
        SendChannel send = cluster.plane(from).openSend(id, cluster.address(from, to), cluster.signal());
        sends.add(send);
        return send;
    }

    private ReceiveChannel receive(ChannelId id, String from, String to) {
        ReceiveChannel receive =
                cluster.plane(to).openReceive(id, cluster.address(to, from), CREDITS, cluster.signal());
        receives.add(receive);
        return receive;
    }

    /** A frame whose content and length follow from its number. */
    private static byte[] frame(int number) {
        byte[] bytes = new byte[1 + Math.floorMod(number * 37, SIZES.payloadBytes())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number * 31 + i);
        }
        return bytes;
    }

    private void sendFrame(SendChannel channel, int number) {
        cluster.await("frame " + number + " can be sent", channel::canSend);
        byte[] frame = frame(number);
        channel.send(frame, 0, frame.length);
    }

    private void expectFrame(ReceiveChannel channel, int number) {
        cluster.await("frame " + number + " arrives", channel::hasNext);
        Chunk chunk = channel.poll();
        assertThat(chunk).isNotNull();
        assertThat(Arrays.copyOf(chunk.bytes(), chunk.length())).isEqualTo(frame(number));
        channel.release(chunk);
    }

    private static int fill(SendChannel channel) {
        int frames = 0;
        while (channel.canSend()) {
            byte[] frame = frame(frames);
            channel.send(frame, 0, frame.length);
            frames++;
        }
        return frames;
    }

    private void expectFailure(NetworkErrors code, SendChannel channel) {
        cluster.await("the sending end fails", () -> channel.failure() != null);
        expectCode(code, channel.failure());
        assertThat(channel.canSend()).isFalse();
    }

    private void expectFailure(NetworkErrors code, ReceiveChannel channel) {
        cluster.await("the receiving end fails", () -> channel.failure() != null);
        expectCode(code, channel.failure());
        assertThat(channel.ended()).isFalse();
    }

    private static void expectCode(NetworkErrors code, Problem problem) {
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(code.name());
    }

    @Test
    void framesArriveInOrderAndOnce() {
        Channel channel = open("a", "b");
        for (int i = 0; i < 1_000; i++) {
            sendFrame(channel.send, i);
            expectFrame(channel.receive, i);
        }
        assertThat(channel.receive.hasNext()).isFalse();
        assertThat(channel.send.statistics().frames()).isEqualTo(1_000);
        assertThat(channel.receive.statistics().frames()).isEqualTo(1_000);
        assertThat(channel.receive.statistics().bytes())
                .isEqualTo(channel.send.statistics().bytes());
    }

    @Test
    void theLargestFrameArrivesAndALargerOneIsRefused() {
        Channel channel = open("a", "b");
        byte[] largest = new byte[channel.send.maxPayloadBytes() + 2];
        Arrays.fill(largest, (byte) 5);
        cluster.await("there is credit", channel.send::canSend);

        assertThatThrownBy(() -> channel.send.send(largest, 0, largest.length - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> channel.send.send(largest, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        channel.send.send(largest, 1, channel.send.maxPayloadBytes());

        cluster.await("it arrives", channel.receive::hasNext);
        Chunk chunk = channel.receive.poll();
        assertThat(chunk).isNotNull();
        assertThat(chunk.length()).isEqualTo(channel.send.maxPayloadBytes());
        assertThat(chunk.bytes()[chunk.length() - 1]).isEqualTo((byte) 5);
        channel.receive.release(chunk);
    }

    @Test
    void channelsGoBothWaysAndEndsOpenInAnyOrder() {
        ChannelId there = newId();
        ChannelId back = newId();
        SendChannel thereSend = send(there, "a", "b");
        ReceiveChannel backReceive = receive(back, "b", "a");
        assertThat(thereSend.canSend()).isFalse();
        SendChannel backSend = send(back, "b", "a");
        ReceiveChannel thereReceive = receive(there, "a", "b");

        for (int i = 0; i < 50; i++) {
            sendFrame(thereSend, i);
            sendFrame(backSend, 1_000 + i);
            expectFrame(thereReceive, i);
            expectFrame(backReceive, 1_000 + i);
        }
    }

    @Test
    void withoutReleasedFramesExactlyTheCreditCanBeSent() {
        Channel channel = open("a", "b");
        cluster.await("there is credit", channel.send::canSend);
        List<Chunk> held = new ArrayList<>();
        for (int i = 0; i < CREDITS; i++) {
            sendFrame(channel.send, i);
        }
        cluster.await("all arrive", () -> {
            Chunk chunk = channel.receive.poll();
            if (chunk != null) {
                held.add(chunk);
            }
            return held.size() == CREDITS;
        });
        assertThat(channel.send.canSend()).isFalse();
        assertThat(channel.send.statistics().credit()).isZero();
        assertThat(channel.receive.statistics().credit()).isZero();

        held.forEach(channel.receive::release);
        for (int i = CREDITS; i < 3 * CREDITS; i++) {
            sendFrame(channel.send, i);
            expectFrame(channel.receive, i);
        }
    }

    @Test
    void halfOfTheCreditsMayBeHeldWhileMoreFramesCome() {
        Channel channel = open("a", "b");
        List<Chunk> held = new ArrayList<>();
        for (int i = 0; i < CREDITS / 2; i++) {
            sendFrame(channel.send, i);
            cluster.await("it arrives", channel.receive::hasNext);
            Chunk chunk = channel.receive.poll();
            assertThat(chunk).isNotNull();
            held.add(chunk);
        }
        for (int i = 0; i < 100; i++) {
            sendFrame(channel.send, i);
            expectFrame(channel.receive, i);
        }
        assertThat(Arrays.copyOf(held.get(0).bytes(), held.get(0).length())).isEqualTo(frame(0));
        held.forEach(channel.receive::release);
    }

    @Test
    void sendingWithoutCreditAndReleasingTwiceAreRefused() {
        Channel channel = open("a", "b");
        sendFrame(channel.send, 1);
        fill(channel.send);
        cluster.await("nothing can be sent", () -> {
            fill(channel.send);
            return channel.send.statistics().frames() == CREDITS;
        });
        assertThatThrownBy(() -> channel.send.send(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);

        cluster.await("a frame arrives", channel.receive::hasNext);
        Chunk chunk = channel.receive.poll();
        assertThat(chunk).isNotNull();
        channel.receive.release(chunk);
        assertThatThrownBy(() -> channel.receive.release(chunk)).hasMessageContaining("released twice");
        assertThatThrownBy(chunk::length).hasMessageContaining("after it was released");
    }

    @Test
    void aBlockedChannelDoesNotStopItsNeighbours() {
        List<Channel> blocked = List.of(open("a", "b"), open("a", "b"));
        Channel neighbour = open("a", "b");
        for (Channel channel : blocked) {
            cluster.await("the blocked channel is full", () -> {
                fill(channel.send);
                return channel.send.statistics().frames() == CREDITS;
            });
        }
        for (int i = 0; i < 500; i++) {
            sendFrame(neighbour.send, i);
            expectFrame(neighbour.receive, i);
        }
        for (Channel channel : blocked) {
            assertThat(channel.send.canSend()).isFalse();
        }
    }

    @Test
    void manyChannelsKeepTheirOrderEachForItself() {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            channels.add(i % 3 == 0 ? open("b", "a") : i % 3 == 1 ? open("a", "b") : open("c", "a"));
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < channels.size(); i++) {
                sendFrame(channels.get(i).send, round * 1_000 + i);
            }
            for (int i = channels.size() - 1; i >= 0; i--) {
                expectFrame(channels.get(i).receive, round * 1_000 + i);
            }
        }
    }

    @Test
    void backEventsArriveInOrderAlsoThoseSentBeforeTheSenderIsOpen() {
        ChannelId id = newId();
        ReceiveChannel receive = receive(id, "a", "b");
        receive.sendBack(frame(0));
        SendChannel send = send(id, "a", "b");
        for (int i = 1; i < 20; i++) {
            receive.sendBack(frame(i));
        }
        for (int i = 0; i < 20; i++) {
            expectBackEvent(send, frame(i));
        }
        for (int i = 0; i < 1_000; i++) {
            receive.sendBack(frame(i));
            expectBackEvent(send, frame(i));
        }
        byte[] largest = new byte[ReceiveChannel.MAX_BACK_EVENT_BYTES];
        receive.sendBack(largest);
        expectBackEvent(send, largest);
        assertThatThrownBy(() -> receive.sendBack(new byte[largest.length + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void expectBackEvent(SendChannel send, byte[] expected) {
        List<byte[]> events = new ArrayList<>();
        cluster.await("a back event arrives", () -> {
            byte[] event = send.pollBackEvent();
            if (event != null) {
                events.add(event);
            }
            return !events.isEmpty();
        });
        assertThat(events.get(0)).isEqualTo(expected);
    }

    @Test
    void backEventsThatNobodyReadsFailTheChannelWhenTheWindowIsFull() {
        Channel channel = open("a", "b");
        int window = ReceiveChannel.BACK_EVENT_WINDOW / ReceiveChannel.BACK_EVENT_COST;
        for (int i = 0; i < window; i++) {
            channel.receive.sendBack(frame(i));
        }
        assertThat(channel.receive.failure()).isNull();
        channel.receive.sendBack(frame(window));
        expectFailure(NetworkErrors.BACK_EVENT_OVERFLOW, channel.receive);
        for (int i = 0; i < window; i++) {
            expectBackEvent(channel.send, frame(i));
        }
    }

    @Test
    void whatWasSentBeforeTheSenderClosedArrivesAndThenTheChannelHasEnded() {
        Channel channel = open("a", "b");
        for (int i = 0; i < CREDITS; i++) {
            sendFrame(channel.send, i);
        }
        channel.send.close();
        channel.send.close();
        assertThat(channel.send.canSend()).isFalse();
        for (int i = 0; i < CREDITS; i++) {
            assertThat(channel.receive.ended()).isFalse();
            expectFrame(channel.receive, i);
        }
        cluster.await("the channel has ended", channel.receive::ended);
        assertThat(channel.receive.poll()).isNull();
        assertThat(channel.receive.failure()).isNull();
    }

    @Test
    void aReceiverThatClosesIsNoFailureAndWhatIsStillSentIsDropped() {
        Channel channel = open("a", "b");
        Channel neighbour = open("a", "b");
        sendFrame(channel.send, 0);
        sendFrame(channel.send, 1);
        channel.receive.close();
        channel.receive.close();
        cluster.await("the sender learns it", channel.send::receiverClosed);
        for (int i = 0; i < 3 * CREDITS; i++) {
            sendFrame(channel.send, i);
        }
        assertThat(channel.send.failure()).isNull();
        for (int i = 0; i < 50; i++) {
            sendFrame(neighbour.send, i);
            expectFrame(neighbour.receive, i);
        }
    }

    @Test
    void aReceiverThatClosesBeforeTheSenderOpensIsSeenByTheSender() {
        ChannelId id = newId();
        ReceiveChannel receive = receive(id, "a", "b");
        receive.sendBack(frame(0));
        receive.close();
        Channel neighbour = open("a", "b");
        sendFrame(neighbour.send, 1);
        expectFrame(neighbour.receive, 1);
        SendChannel send = send(id, "a", "b");
        cluster.await("the sender learns it", send::receiverClosed);
        assertThat(send.failure()).isNull();
    }

    @Test
    void aLostConnectionThatComesBackLosesAndDoublesNothing() {
        Channel there = open("a", "b");
        Channel back = open("b", "a");
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < CREDITS; i++) {
                sendFrame(there.send, round * 100 + i);
                sendFrame(back.send, -round * 100 - i);
            }
            there.receive.sendBack(frame(round));
            cluster.lose("a", "b");
            for (int i = 0; i < CREDITS; i++) {
                expectFrame(back.receive, -round * 100 - i);
                expectFrame(there.receive, round * 100 + i);
            }
            expectBackEvent(there.send, frame(round));
        }
        assertThat(there.send.failure()).isNull();
        cluster.await("it was noticed", () -> cluster.plane("a").statistics().reconnects() > 0);
    }

    @Test
    void aConnectionThatStaysAwayFailsItsChannelsAndNoOthers() {
        Channel cutOff = open("a", "b");
        Channel other = open("a", "c");
        for (int i = 0; i < 2; i++) {
            sendFrame(cutOff.send, i);
            sendFrame(other.send, i);
        }
        cluster.await("the first frame arrived", cutOff.receive::hasNext);
        cluster.cut("a", "b");

        expectFailure(NetworkErrors.CONNECTION_LOST, cutOff.send);
        expectFailure(NetworkErrors.CONNECTION_LOST, cutOff.receive);
        expectFrame(cutOff.receive, 0);
        for (int i = 0; i < 2; i++) {
            expectFrame(other.receive, i);
        }

        cluster.heal("a", "b");
        Channel next = open("a", "b");
        sendFrame(next.send, 5);
        expectFrame(next.receive, 5);
    }

    @Test
    void closingADataPlaneFailsItsChannelsOnBothSides() {
        Channel channel = open("a", "b");
        sendFrame(channel.send, 0);
        expectFrame(channel.receive, 0);

        cluster.plane("b").close();

        expectFailure(NetworkErrors.DATA_PLANE_CLOSED, channel.receive);
        expectFailure(NetworkErrors.PEER_REFUSED, channel.send);
        assertThat(cluster.budget("b").byPurpose()).isEmpty();
        ChannelId id = newId();
        assertThatThrownBy(() -> cluster.plane("b").openSend(id, cluster.address("b", "a"), cluster.signal()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("DATA_PLANE_CLOSED");
    }

    @Test
    void aChannelWhoseCreditDoesNotFitTheBudgetIsRefusedWithNeedAndHave() {
        cluster.plane("b");
        long before = cluster.budget("b").reservedBytes();
        assertThatThrownBy(() -> cluster.plane("b")
                        .openReceive(newId(), cluster.address("b", "a"), DataPlane.MAX_CREDITS, cluster.signal()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("MEMORY_BUDGET_EXHAUSTED")
                .hasMessageContaining("network.receive needs");
        assertThat(cluster.budget("b").reservedBytes()).isEqualTo(before);
    }

    @Test
    void memoryOfChannelsIsReservedWhileTheyAreOpen() {
        cluster.plane("a");
        cluster.plane("b");
        long sendBefore = cluster.budget("a").reservedBytes();
        Channel channel = open("a", "b");
        assertThat(cluster.budget("b").byPurpose())
                .containsEntry("network.receive", (long) CREDITS * SIZES.payloadBytes());
        assertThat(cluster.budget("a").reservedBytes()).isGreaterThan(sendBefore);
        for (int i = 0; i < 20; i++) {
            sendFrame(channel.send, i);
            expectFrame(channel.receive, i);
        }

        channel.send.close();
        channel.receive.close();

        cluster.await("the sender's memory is back", () -> cluster.budget("a").reservedBytes() == sendBefore);
        cluster.await(
                "the receiver's memory is back",
                () -> !cluster.budget("b").byPurpose().containsKey("network.receive"));
    }

    @Test
    void aChannelToOneselfIsRefused() {
        assertThatThrownBy(() ->
                        cluster.plane("a").openSend(newId(), cluster.plane("a").address(), cluster.signal()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
