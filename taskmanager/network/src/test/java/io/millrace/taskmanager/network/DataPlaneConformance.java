package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.ChannelId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How frames, credit and back events flow over every implementation of {@link DataPlane}, and what they may take. */
public abstract class DataPlaneConformance extends ChannelFixture {

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
        cluster.await("nothing can be sent", () -> {
            fill(channel.send);
            return channel.send.statistics().frames() == CREDITS;
        });
        assertThatThrownBy(() -> channel.send.send(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);

        // A frame that arrives after the release may be given the released chunk, which is then lent again.
        cluster.await(
                "all frames have arrived", () -> channel.receive.statistics().credit() == 0);
        Chunk chunk = channel.receive.poll();
        assertThat(chunk).isNotNull();
        channel.receive.release(chunk);
        assertThatThrownBy(() -> channel.receive.release(chunk)).hasMessageContaining("released twice");
        assertThatThrownBy(chunk::length).hasMessageContaining("after it was released");
    }

    @Test
    void creditThatIsOutAndChannelsThatHaveNoneAreCounted() {
        ChannelId id = newId();
        SendChannel send = send(id, "a", "b");
        cluster.await("it waits for its receiver", () -> withoutCredit() == 1);
        ReceiveChannel receive = receive(id, "a", "b");
        cluster.await("it has credit", () -> withoutCredit() == 0 && creditsOutstanding() == CREDITS);

        cluster.await("all credit is used", () -> {
            fill(send);
            return send.statistics().frames() == CREDITS;
        });
        cluster.await("it has no credit", () -> withoutCredit() == 1 && creditsOutstanding() == 0);

        for (int i = 0; i < CREDITS / 2; i++) {
            Chunk chunk = receive.poll();
            assertThat(chunk).isNotNull();
            receive.release(chunk);
        }
        cluster.await("it has credit again", () -> withoutCredit() == 0 && creditsOutstanding() == CREDITS / 2);
        send.close();
        cluster.await("none is out any more", () -> creditsOutstanding() == 0);
    }

    private long withoutCredit() {
        return cluster.plane("a").statistics().channelsWithoutCredit();
    }

    private long creditsOutstanding() {
        return cluster.plane("b").statistics().creditsOutstanding();
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
            // The answer comes after the news that the events before it were read, which the window is counted by.
            sendFrame(send, i);
            expectFrame(receive, i);
        }
        assertThat(receive.failure()).isNull();
        byte[] largest = new byte[ReceiveChannel.MAX_BACK_EVENT_BYTES];
        receive.sendBack(largest);
        expectBackEvent(send, largest);
        assertThatThrownBy(() -> receive.sendBack(new byte[largest.length + 1]))
                .isInstanceOf(IllegalArgumentException.class);
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
