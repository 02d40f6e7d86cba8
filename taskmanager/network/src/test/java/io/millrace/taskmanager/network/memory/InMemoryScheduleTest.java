package io.millrace.taskmanager.network.memory;

import io.millrace.taskmanager.network.ChannelFixture;
import io.millrace.taskmanager.network.RandomSchedule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class InMemoryScheduleTest {

    @Property(tries = 500)
    void anyScheduleKeepsTheContract(@ForAll long seed) {
        try (InMemoryCluster cluster = new InMemoryCluster(seed, ChannelFixture.SIZES)) {
            new RandomSchedule(seed, cluster, true).run();
        }
    }
}
