package io.millrace.taskmanager.network.netty;

import io.millrace.taskmanager.network.ChannelFixture;
import io.millrace.taskmanager.network.RandomSchedule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NettyScheduleTest {

    @Property(tries = 40)
    void anyScheduleKeepsTheContract(@ForAll long seed) {
        try (NettyCluster cluster = new NettyCluster(NettyCluster.settings(ChannelFixture.SIZES))) {
            new RandomSchedule(seed, cluster, false).run();
        }
    }

    @Property(tries = 40)
    void anyScheduleKeepsTheContractWhenConnectionsAreLostAndComeBack(@ForAll long seed) {
        try (NettyCluster cluster =
                new NettyCluster(NettyCluster.settings(ChannelFixture.SIZES).withEventLoops(2))) {
            new RandomSchedule(seed, cluster, true).run();
        }
    }
}
