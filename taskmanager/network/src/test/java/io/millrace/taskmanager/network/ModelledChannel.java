package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One channel with what it may show: frames sent and not polled yet, frames held, back events on their way. */
final class ModelledChannel {
    private static final int BACK_EVENTS_AHEAD = 20;

    private final String from;
    private final String to;
    private final int credits;
    private final SendChannel send;
    private final ReceiveChannel receive;

    private final Deque<byte[]> onTheirWay = new ArrayDeque<>();
    private final List<Chunk> held = new ArrayList<>();
    private final Deque<byte[]> backOnTheirWay = new ArrayDeque<>();
    private int sent;
    private int polled;
    private int sentBeforeLoss;
    private int released;
    private boolean sendClosed;
    private boolean receiveClosed;

    ModelledChannel(String from, String to, int credits, SendChannel send, ReceiveChannel receive) {
        this.from = from;
        this.to = to;
        this.credits = credits;
        this.send = send;
        this.receive = receive;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    boolean sharesConnectionWith(ModelledChannel other) {
        return Set.of(from, to).equals(Set.of(other.from, other.to));
    }

    /**
     * The connection was broken. A second loss before it came back may fail the channel, which is not what is tested.
     */
    void lost() {
        sentBeforeLoss = sent;
    }

    /** Whether a frame came over the connection that was sent after it was last broken. */
    boolean hasProvedItsConnection() {
        return polled > sentBeforeLoss;
    }

    void trySend(Random random) {
        if (sendClosed) {
            assertThat(send.canSend()).isFalse();
            return;
        }
        if (send.canSend()) {
            byte[] payload = new byte[1 + random.nextInt(send.maxPayloadBytes())];
            random.nextBytes(payload);
            int offset = random.nextInt(payload.length);
            byte[] frame = Arrays.copyOfRange(payload, offset, payload.length);
            send.send(payload, offset, frame.length);
            Arrays.fill(payload, (byte) 0);
            if (!receiveClosed) {
                onTheirWay.add(frame);
                sent++;
            }
        }
    }

    void tryPoll() {
        Chunk chunk = receiveClosed ? null : receive.poll();
        if (chunk != null) {
            assertThat(Arrays.copyOf(chunk.bytes(), chunk.length())).isEqualTo(onTheirWay.remove());
            held.add(chunk);
            polled++;
        }
    }

    void releaseOne(Random random) {
        if (!held.isEmpty() && !receiveClosed) {
            receive.release(held.remove(random.nextInt(held.size())));
            released++;
        }
    }

    void sendBack(Random random) {
        if (!receiveClosed && !sendClosed && backOnTheirWay.size() < BACK_EVENTS_AHEAD) {
            byte[] event = new byte[random.nextInt(2_000)];
            random.nextBytes(event);
            receive.sendBack(event);
            backOnTheirWay.add(event);
        }
    }

    void pollBack() {
        byte[] event = sendClosed ? null : send.pollBackEvent();
        if (event != null) {
            assertThat(event).isEqualTo(backOnTheirWay.remove());
        }
    }

    void closeSend() {
        send.close();
        sendClosed = true;
    }

    void closeReceive() {
        receive.close();
        receiveClosed = true;
        onTheirWay.clear();
    }

    void checkBounds() {
        if (!receiveClosed) {
            assertThat(sent - released).as("frames beyond the credit").isLessThanOrEqualTo(credits);
            assertThat(receive.failure()).isNull();
            assertThat(receive.statistics().credit()).isBetween(0L, (long) credits);
        }
        assertThat(send.failure()).isNull();
    }

    /** Brings everything to its end: what was sent arrives, the channel ends, both ends close. */
    void finish(TestCluster cluster) {
        if (!receiveClosed) {
            closeSend();
            while (!onTheirWay.isEmpty()) {
                held.forEach(receive::release);
                held.clear();
                cluster.await("a frame arrives", receive::hasNext);
                tryPoll();
            }
            cluster.await("the channel ends or fails", () -> receive.ended() || receive.failure() != null);
            assertThat(receive.failure()).isNull();
            assertThat(receive.poll()).isNull();
            closeReceive();
        } else if (!sendClosed) {
            cluster.await("the sender learns of the end", send::receiverClosed);
            closeSend();
        }
    }
}
