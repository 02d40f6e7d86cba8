package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.types.SerializerFactory;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.memory.InMemoryNetwork;
import io.millrace.taskmanager.runtime.exchange.LocalChannels;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import io.millrace.taskmanager.runtime.slot.Slot;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.task.PositionClasses;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskServices;
import io.millrace.taskmanager.runtime.task.TaskState;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.state.KeyedStateFactories;
import io.millrace.taskmanager.state.heap.HeapStateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A job on several processes, each with several slots, in one thread and on a clock that a test moves. Subtasks are
 * spread round robin over all slots.
 */
public final class JobRig implements TaskListener {
    public static final JobId JOB = new JobId(1, 2);

    private final ManualClock clock = new ManualClock(1_000_000_000, 1_700_000_000_000L);
    private final JobCode code = new JobCode(JobRig.class.getClassLoader(), SerializerFactory.create());
    private final InMemoryNetwork network;
    private final List<MemoryBudget> budgets = new ArrayList<>();
    private final List<LocalChannels> registries = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<PeerAddress> addresses = new ArrayList<>();
    private final Map<SubtaskId, Slot> slotOf = new LinkedHashMap<>();
    private final Map<SubtaskId, TaskState> states = new LinkedHashMap<>();
    private final Map<SubtaskId, TaskFailure> failures = new LinkedHashMap<>();
    private final Map<SubtaskId, TaskStatistics> finalStatistics = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private Barriers barriers = (task, snapshot) -> {};
    private JobOutputs.Results results = new UnboundedResults();
    private final ReferencePlans plans = new ReferencePlans();
    private final int slotsPerProcess;

    public JobRig(int processes, int slotsPerProcess) {
        this(processes, slotsPerProcess, 64, 1);
    }

    /**
     * @param frameBytes payload of a frame, at least 64
     * @param seed draws the order in which messages between processes are delivered
     */
    public JobRig(int processes, int slotsPerProcess, int frameBytes, long seed) {
        this(processes, slotsPerProcess, frameBytes, seed, new InMemoryStorages());
    }

    /** @param storages where snapshots are restored from */
    public JobRig(int processes, int slotsPerProcess, int frameBytes, long seed, InMemoryStorages storages) {
        this.slotsPerProcess = slotsPerProcess;
        this.network = new InMemoryNetwork(seed);
        for (int process = 0; process < processes; process++) {
            Identity identity = new Identity("test", new TaskManagerId("tm" + process), new Incarnation(process));
            MemoryBudget budget = new MemoryBudget("network", 64L << 20, "taskmanager.network.memory");
            budgets.add(budget);
            DataPlane plane = network.start(identity, new NetworkSettings.Buffers(frameBytes, 0, 1024, 0), budget);
            addresses.add(plane.address());
            LocalChannels registry = new LocalChannels();
            registries.add(registry);
            for (int slot = 0; slot < slotsPerProcess; slot++) {
                Signal signal = new Signal();
                TaskServices services = new TaskServices(
                        clock,
                        plane,
                        registry,
                        new KeyedStateFactories(Map.of("heap", new HeapStateFactory())),
                        plans,
                        (name, work) -> work.run(),
                        new PositionClasses(100),
                        new RigOutputs(),
                        storages,
                        2);
                slots.add(new Slot("slot " + process + "." + slot, signal, services, this));
            }
        }
    }

    public JobSketch sketch() {
        return new JobSketch(plans);
    }

    public ManualClock clock() {
        return clock;
    }

    public InMemoryNetwork network() {
        return network;
    }

    /** Told when a barrier passes through a task, between what the task did before and after. */
    @FunctionalInterface
    public interface Barriers {
        void onBarrier(SubtaskId task, TaskSnapshot snapshot);
    }

    public JobRig watchBarriers(Barriers watcher) {
        barriers = watcher;
        return this;
    }

    /** Announces a barrier to every task, as a trigger of a checkpoint does. */
    public void announce(long checkpoint) {
        announce(new Barrier(checkpoint, CheckpointKind.CHECKPOINT));
    }

    public void announce(Barrier barrier) {
        slotOf.forEach((id, slot) -> slot.announce(id, barrier));
    }

    /** Says to every task that a checkpoint is complete. */
    public void complete(long checkpoint) {
        complete(new Barrier(checkpoint, CheckpointKind.CHECKPOINT));
    }

    public void complete(Barrier barrier) {
        slotOf.forEach((id, slot) -> slot.completed(id, barrier));
    }

    /** Has the tasks that wait for it pass a last checkpoint, so that they finish. */
    public JobRig cover(long checkpoint) {
        announce(checkpoint);
        settle();
        complete(checkpoint);
        return settle();
    }

    /** Says to every task that a checkpoint was given up. */
    public void giveUp(long checkpoint) {
        slotOf.forEach((id, slot) -> slot.giveUp(id, checkpoint));
    }

    public void collectInto(JobOutputs.Results target) {
        results = target;
    }

    /** Deploys all subtasks of a job and starts them. */
    public JobRig deploy(JobSketch sketch) {
        List<Integer> firstSlot = new ArrayList<>();
        sketch.vertices().forEach(vertex -> firstSlot.add(vertex.id()));
        for (SubtaskDeployment deployment : sketch.deployments(
                JOB, (vertex, subtask) -> addresses.get(slotIndex(vertex, subtask) / slotsPerProcess))) {
            SubtaskId id = deployment.id();
            Slot slot = slots.get(slotIndex(id.vertex(), id.index()));
            slotOf.put(id, slot);
            slot.deploy(deployment, code);
        }
        return settle();
    }

    private int slotIndex(int vertex, int subtask) {
        return (vertex + subtask) % slots.size();
    }

    public JobRig start() {
        slotOf.forEach((id, slot) -> slot.start(id));
        return this;
    }

    public void cancelAll() {
        slotOf.forEach((id, slot) -> slot.cancel(id));
    }

    /** Steps every slot once. @return how much was done */
    public int stepAll() {
        int work = 0;
        for (Slot slot : slots) {
            work += slot.step(clock.nanoTime());
        }
        return work;
    }

    /** Steps all slots until none has anything to do. */
    public JobRig settle() {
        for (int i = 0; i < 1_000_000; i++) {
            int work = stepAll();
            while (network.step()) {
                work++;
            }
            if (work == 0) {
                return this;
            }
        }
        throw new AssertionError("The job does not settle: " + states);
    }

    /** Steps one slot, or delivers one message. @return whether there was anything to do */
    public boolean stepAtRandom(Random random) {
        int chosen = random.nextInt(slots.size() + 2);
        return chosen < slots.size() ? slots.get(chosen).step(clock.nanoTime()) > 0 : network.step();
    }

    /** Steps slots and delivers messages in an order drawn from {@code random} until none has anything to do. */
    public JobRig settle(Random random) {
        int idle = 0;
        for (int i = 0; i < 1_000_000; i++) {
            boolean worked = stepAtRandom(random);
            idle = worked ? 0 : idle + 1;
            if (idle > 20 * slots.size() && stepAll() == 0 && !network.step()) {
                return this;
            }
        }
        throw new AssertionError("The job does not settle: " + states);
    }

    /** Moves the clock and lets everything react to it. */
    public JobRig advance(Duration duration) {
        clock.advance(duration);
        return settle();
    }

    public Slot slot(int index) {
        return slots.get(index);
    }

    public Map<SubtaskId, TaskState> states() {
        return states;
    }

    public Map<SubtaskId, TaskFailure> failures() {
        return failures;
    }

    public Map<SubtaskId, TaskStatistics> finalStatistics() {
        return finalStatistics;
    }

    /** What was printed, in order. */
    public List<String> lines() {
        return lines;
    }

    /** Whether nothing is left of any task: no channel, no task. */
    public boolean isClean() {
        network.deliverAll();
        return budgets.stream().allMatch(budget -> budget.reservedBytes() == 0)
                && registries.stream().allMatch(registry -> registry.size() == 0)
                && slots.stream().allMatch(slot -> slot.statistics().isEmpty());
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
        states.put(task, state);
        finalStatistics.put(task, statistics);
    }

    @Override
    public void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {
        barriers.onBarrier(task, snapshot);
    }

    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
        states.put(task, TaskState.FAILED);
        failures.put(task, failure);
        finalStatistics.put(task, statistics);
    }

    private final class RigOutputs implements JobOutputs {
        @Override
        public Lines openLines(SubtaskId task, int operator, String operatorName) {
            return new Lines() {
                @Override
                public void print(String line, boolean error) {
                    lines.add(line);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Results openResults(SubtaskId task, int operator, Signal hasRoom) {
            return results;
        }
    }

    private static final class UnboundedResults implements JobOutputs.Results {
        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void add(byte[] bytes, int offset, int length) {}

        @Override
        public void flush() {}
    }
}
