package io.millrace.taskmanager.network.memory;

import io.millrace.taskmanager.network.ChannelLifeConformance;
import io.millrace.taskmanager.network.DataPlaneConformance;
import io.millrace.taskmanager.network.TestCluster;
import org.junit.jupiter.api.Nested;

class InMemoryDataPlaneTest {
    private static final long SEED = 42;

    @Nested
    class Flow extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new InMemoryCluster(SEED, SIZES);
        }
    }

    @Nested
    class Life extends ChannelLifeConformance {
        @Override
        protected TestCluster startCluster() {
            return new InMemoryCluster(SEED, SIZES);
        }
    }
}
