package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.ChannelId;
import org.junit.jupiter.api.Test;

/** How channels end over every implementation of {@link DataPlane}: closed, lost, resumed, failed. */
public abstract class ChannelLifeConformance extends ChannelFixture {

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
    void aSenderThatClosesBeforeTheReceiverOpensIsSeenByTheReceiver() {
        ChannelId id = newId();
        send(id, "a", "b").close();
        Channel neighbour = open("a", "b");
        sendFrame(neighbour.send, 1);
        expectFrame(neighbour.receive, 1);
        ReceiveChannel receive = receive(id, "a", "b");
        cluster.await("the channel has ended", receive::ended);
        receive.sendBack(frame(0));
        assertThat(receive.poll()).isNull();
        assertThat(receive.failure()).isNull();
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
    void aReceiverThatWaitsForItsSenderOutlivesALostConnection() {
        expectToOutliveALoss("a", "b");
        expectToOutliveALoss("b", "a");
    }

    /** Loses a connection without other channels while a receiver waits whose sender has not been opened. */
    private void expectToOutliveALoss(String from, String to) {
        ChannelId id = newId();
        ReceiveChannel receive = receive(id, from, to);
        Channel before = open("a", "b");
        sendFrame(before.send, 1);
        expectFrame(before.receive, 1);
        before.send.close();
        cluster.await("the other channel has ended", before.receive::ended);
        before.receive.close();
        long reconnects = cluster.plane(to).statistics().reconnects();
        cluster.lose("a", "b");
        cluster.await(
                "the connection is back", () -> cluster.plane(to).statistics().reconnects() > reconnects);
        Channel next = new Channel(send(id, from, to), receive);
        sendFrame(next.send, 2);
        expectFrame(next.receive, 2);
        next.send.close();
        cluster.await("the channel has ended", receive::ended);
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
}
