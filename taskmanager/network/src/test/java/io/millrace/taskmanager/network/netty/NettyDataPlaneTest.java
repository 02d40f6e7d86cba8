package io.millrace.taskmanager.network.netty;

import io.millrace.taskmanager.network.ChannelFixture;
import io.millrace.taskmanager.network.ChannelLifeConformance;
import io.millrace.taskmanager.network.DataPlaneConformance;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.TestCluster;
import org.junit.jupiter.api.Nested;

/** The conformance suites over each transport, and with several event loops, so that connections move between them. */
class NettyDataPlaneTest {
    private static final NetworkSettings NATIVE = NettyCluster.settings(ChannelFixture.SIZES);
    private static final NetworkSettings SELECTOR = NATIVE.withNativeTransport(false);
    private static final NetworkSettings SEVERAL_LOOPS = NATIVE.withEventLoops(3);

    @Nested
    class FlowWithTheNativeTransport extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(NATIVE);
        }
    }

    @Nested
    class LifeWithTheNativeTransport extends ChannelLifeConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(NATIVE);
        }
    }

    @Nested
    class FlowWithTheSelector extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(SELECTOR);
        }
    }

    @Nested
    class LifeWithTheSelector extends ChannelLifeConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(SELECTOR);
        }
    }

    @Nested
    class FlowWithSeveralEventLoops extends DataPlaneConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(SEVERAL_LOOPS, 4 << 20);
        }
    }

    @Nested
    class LifeWithSeveralEventLoops extends ChannelLifeConformance {
        @Override
        protected TestCluster startCluster() {
            return new NettyCluster(SEVERAL_LOOPS, 4 << 20);
        }
    }
}
