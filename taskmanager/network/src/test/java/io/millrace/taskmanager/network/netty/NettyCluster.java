package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.TestCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Data planes over loopback; each dials each other one through a relay of its own, which the test breaks. */
final class NettyCluster implements TestCluster {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private static final long MOMENT_NANOS = 20_000;

    private final NetworkSettings settings;
    private final long budgetBytes;
    private final Signal signal = new Signal();
    private final Map<String, MemoryBudget> budgets = new HashMap<>();
    private final Map<String, NettyDataPlane> planes = new HashMap<>();
    private final Map<String, BreakableProxy> proxies = new HashMap<>();

    NettyCluster(NetworkSettings settings) {
        this(settings, 1 << 20);
    }

    /** @param budgetBytes network memory of each TaskManager */
    NettyCluster(NetworkSettings settings, long budgetBytes) {
        this.settings = settings;
        this.budgetBytes = budgetBytes;
    }

    /** Settings for tests: the given sizes, and waits that a test can wait for. */
    static NetworkSettings settings(NetworkSettings.Buffers sizes) {
        return NetworkSettings.DEFAULTS
                .withBuffers(sizes)
                .withTimeouts(NetworkSettings.Timeouts.DEFAULTS.withReconnect(Duration.ofMillis(500)));
    }

    @Override
    public NettyDataPlane plane(String name) {
        return planes.computeIfAbsent(name, absent -> NettyDataPlane.start(identity(name), settings, budget(name)));
    }

    private static Identity identity(String name) {
        return new Identity("test", new TaskManagerId(name), new Incarnation(name.hashCode()));
    }

    @Override
    public MemoryBudget budget(String name) {
        return budgets.computeIfAbsent(
                name, absent -> new MemoryBudget("network", budgetBytes, "taskmanager.network.memory"));
    }

    @Override
    public PeerAddress address(String from, String to) {
        PeerAddress real = plane(to).address();
        return new PeerAddress(
                real.taskManager(),
                real.incarnation(),
                real.host(),
                proxy(from, to).port());
    }

    BreakableProxy proxy(String from, String to) {
        int target = plane(to).address().dataPort();
        return proxies.computeIfAbsent(from + to, absent -> new BreakableProxy(target));
    }

    @Override
    public Signal signal() {
        return signal;
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            signal.prepareToPark();
            if (condition.getAsBoolean()) {
                signal.cancelPark();
                return;
            }
            if (System.nanoTime() > deadline) {
                fail("It does not come true: " + what);
            }
            signal.park(LOOK_AGAIN_NANOS);
        }
    }

    @Override
    public void progress() {
        // The event loops work by themselves; giving them a moment now and then makes more orders happen.
        signal.prepareToPark();
        signal.park(MOMENT_NANOS);
    }

    @Override
    public void lose(String one, String other) {
        proxy(one, other).breakConnections();
        proxy(other, one).breakConnections();
    }

    @Override
    public void cut(String one, String other) {
        proxy(one, other).refuse(true);
        proxy(other, one).refuse(true);
        lose(one, other);
    }

    @Override
    public void heal(String one, String other) {
        proxy(one, other).refuse(false);
        proxy(other, one).refuse(false);
    }

    @Override
    public void close() {
        planes.values().forEach(NettyDataPlane::close);
        proxies.values().forEach(BreakableProxy::close);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("millrace-network"))
                .forEach(NettyCluster::expectEnd);
    }

    /** Netty reports a thread's end just before it happens. */
    private static void expectEnd(Thread thread) {
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as(thread.getName() + " is alive").isFalse();
    }
}
