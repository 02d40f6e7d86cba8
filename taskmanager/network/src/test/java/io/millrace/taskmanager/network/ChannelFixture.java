package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A cluster of data planes and what the conformance suites do with its channels. Each test ends with all buffers
 * returned and nothing left behind.
 */
public abstract class ChannelFixture {
    /** Small, so that a few frames reach every limit. */
    public static final NetworkSettings.Buffers SIZES = new NetworkSettings.Buffers(256, 3, 4096, 0);

    static final int CREDITS = 4;

    TestCluster cluster;
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
                    "no credit of " + name + " is counted",
                    () -> cluster.plane(name).statistics().creditsOutstanding() == 0
                            && cluster.plane(name).statistics().channelsWithoutCredit() == 0);
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
    static final class Channel {
        final SendChannel send;
        final ReceiveChannel receive;

        Channel(SendChannel send, ReceiveChannel receive) {
            this.send = send;
            this.receive = receive;
        }
    }

    ChannelId newId() {
        return new ChannelId(new JobId(7, 9), 3, 0, nextChannel++, 1);
    }

    Channel open(String from, String to) {
        ChannelId id = newId();
        ReceiveChannel receive = receive(id, from, to);
        return new Channel(send(id, from, to), receive);
    }

    SendChannel send(ChannelId id, String from, String to) {
        SendChannel send = cluster.plane(from).openSend(id, cluster.address(from, to), cluster.signal());
        sends.add(send);
        return send;
    }

    ReceiveChannel receive(ChannelId id, String from, String to) {
        ReceiveChannel receive =
                cluster.plane(to).openReceive(id, cluster.address(to, from), CREDITS, cluster.signal());
        receives.add(receive);
        return receive;
    }

    /** A frame whose content and length follow from its number. */
    static byte[] frame(int number) {
        byte[] bytes = new byte[1 + Math.floorMod(number * 37, SIZES.payloadBytes())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number * 31 + i);
        }
        return bytes;
    }

    void sendFrame(SendChannel channel, int number) {
        cluster.await("frame " + number + " can be sent", channel::canSend);
        byte[] frame = frame(number);
        channel.send(frame, 0, frame.length);
    }

    void expectFrame(ReceiveChannel channel, int number) {
        cluster.await("frame " + number + " arrives", channel::hasNext);
        Chunk chunk = channel.poll();
        assertThat(chunk).isNotNull();
        assertThat(Arrays.copyOf(chunk.bytes(), chunk.length())).isEqualTo(frame(number));
        channel.release(chunk);
    }

    static int fill(SendChannel channel) {
        int frames = 0;
        while (channel.canSend()) {
            byte[] frame = frame(frames);
            channel.send(frame, 0, frame.length);
            frames++;
        }
        return frames;
    }

    void expectFailure(NetworkErrors code, SendChannel channel) {
        cluster.await("the sending end fails", () -> channel.failure() != null);
        expectCode(code, channel.failure());
        assertThat(channel.canSend()).isFalse();
    }

    void expectFailure(NetworkErrors code, ReceiveChannel channel) {
        cluster.await("the receiving end fails", () -> channel.failure() != null);
        expectCode(code, channel.failure());
        assertThat(channel.ended()).isFalse();
    }

    static void expectCode(NetworkErrors code, Problem problem) {
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(code.name());
    }

    void expectBackEvent(SendChannel send, byte[] expected) {
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
}
