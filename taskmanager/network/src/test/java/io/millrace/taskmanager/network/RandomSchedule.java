package io.millrace.taskmanager.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Does random things to random channels of a cluster, compares each with a model of what may be seen, and in the end
 * expects that everything sent has arrived and every buffer is back. A seed is a schedule.
 */
public final class RandomSchedule {
    private static final int STEPS = 600;
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Random random;
    private final TestCluster cluster;
    private final boolean losses;
    private final List<ModelledChannel> channels = new ArrayList<>();

    /** @param losses whether connections are broken and come back meanwhile */
    public RandomSchedule(long seed, TestCluster cluster, boolean losses) {
        this.random = new Random(seed);
        this.cluster = cluster;
        this.losses = losses;
    }

    /** Runs the schedule, ends all channels, and checks the end state; the cluster stays open. */
    public void run() {
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            channels.add(open(i));
        }
        for (int step = 0; step < STEPS; step++) {
            ModelledChannel channel = channels.get(random.nextInt(count));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> channel.trySend(random);
                case 3, 4 -> channel.tryPoll();
                case 5 -> channel.releaseOne(random);
                case 6 -> channel.sendBack(random);
                case 7 -> channel.pollBack();
                case 8 -> cluster.progress();
                default -> rarely(channel);
            }
            channel.checkBounds();
        }
        for (ModelledChannel channel : channels) {
            channel.finish(cluster);
        }
        for (String name : NAMES) {
            DataPlane plane = cluster.plane(name);
            cluster.await(
                    "no buffer of " + name + " is in use",
                    () -> plane.statistics().sendBuffersInUse() == 0);
            cluster.await(
                    "no credit of " + name + " is counted",
                    () -> plane.statistics().creditsOutstanding() == 0
                            && plane.statistics().channelsWithoutCredit() == 0);
            cluster.await(
                    "no channel of " + name + " holds memory",
                    () -> !cluster.budget(name).byPurpose().containsKey("network.receive"));
        }
    }

    private void rarely(ModelledChannel channel) {
        switch (random.nextInt(20)) {
            case 0 -> channel.closeSend();
            case 1 -> channel.closeReceive();
            case 2 -> {
                if (losses && channel.hasProvedItsConnection()) {
                    cluster.lose(channel.from(), channel.to());
                    channels.stream().filter(channel::sharesConnectionWith).forEach(ModelledChannel::lost);
                }
            }
            default -> cluster.progress();
        }
    }

    private ModelledChannel open(int number) {
        String from = NAMES.get(random.nextInt(NAMES.size()));
        String to = NAMES.get((NAMES.indexOf(from) + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size());
        ChannelId id = new ChannelId(new JobId(5, 5), 1, number, 0, 0);
        int credits = 2 + random.nextInt(7);
        SendChannel send;
        ReceiveChannel receive;
        if (random.nextBoolean()) {
            send = cluster.plane(from).openSend(id, cluster.address(from, to), cluster.signal());
            receive = cluster.plane(to).openReceive(id, cluster.address(to, from), credits, cluster.signal());
        } else {
            receive = cluster.plane(to).openReceive(id, cluster.address(to, from), credits, cluster.signal());
            send = cluster.plane(from).openSend(id, cluster.address(from, to), cluster.signal());
        }
        assertThat(send.failure()).isNull();
        return new ModelledChannel(from, to, credits, send, receive);
    }
}
