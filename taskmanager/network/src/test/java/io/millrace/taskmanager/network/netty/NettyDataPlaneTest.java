package io.millrace.taskmanager.network.netty;

import io.millrace.taskmanager.network.DataPlaneConformance;
import io.millrace.taskmanager.network.TestCluster;
import org.junit.jupiter.api.Nested;

/** The conformance suite over each transport, and with several event loops, so that connections move between them. */
class NettyDataPlaneTest {

    @Nested
    class WithTheNativeTransport extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(NettyCluster.settings(SIZES));
        }
    }

    @Nested
    class WithTheSelector extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(NettyCluster.settings(SIZES).withNativeTransport(false));
        }
    }

    @Nested
    class WithSeveralEventLoops extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(NettyCluster.settings(SIZES).withEventLoops(3), 4 << 20);
        }
    }
}
