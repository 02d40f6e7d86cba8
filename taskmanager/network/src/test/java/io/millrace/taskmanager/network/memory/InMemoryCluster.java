package io.millrace.taskmanager.network.memory;

import static org.assertj.core.api.Assertions.fail;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.TestCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A cluster in memory, for the conformance suite. */
public final class InMemoryCluster implements TestCluster {
    private final InMemoryNetwork network;
    private final NetworkSettings.Buffers sizes;
    private final Signal signal = new Signal();
    private final Map<String, MemoryBudget> budgets = new HashMap<>();
    private final Map<String, DataPlane> planes = new HashMap<>();

    public InMemoryCluster(long seed, NetworkSettings.Buffers sizes) {
        this.network = new InMemoryNetwork(seed);
        this.sizes = sizes;
    }

    @Override
    public DataPlane plane(String name) {
        return planes.computeIfAbsent(
                name,
                absent -> network.start(
                        new Identity("test", new TaskManagerId(name), new Incarnation(1)), sizes, budget(name)));
    }

    @Override
    public MemoryBudget budget(String name) {
        return budgets.computeIfAbsent(
                name, absent -> new MemoryBudget("network", 1 << 20, "taskmanager.network.memory"));
    }

    @Override
    public PeerAddress address(String from, String to) {
        return plane(to).address();
    }

    @Override
    public Signal signal() {
        return signal;
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!network.step()) {
                fail("Nothing is on its way any more, and it does not hold: " + what);
            }
        }
    }

    @Override
    public void progress() {
        network.step();
    }

    @Override
    public void lose(String one, String other) {
        network.lose(new TaskManagerId(one), new TaskManagerId(other));
    }

    @Override
    public void cut(String one, String other) {
        network.cut(new TaskManagerId(one), new TaskManagerId(other));
    }

    @Override
    public void heal(String one, String other) {
        network.heal(new TaskManagerId(one), new TaskManagerId(other));
    }

    @Override
    public void close() {
        network.deliverAll();
        planes.values().forEach(DataPlane::close);
        if (network.step()) {
            fail("A message is on its way although all data planes are closed");
        }
    }
}
