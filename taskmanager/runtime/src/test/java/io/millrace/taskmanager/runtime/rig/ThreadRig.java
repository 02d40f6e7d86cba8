package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.types.SerializerFactory;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.memory.InMemoryNetwork;
import io.millrace.taskmanager.runtime.exchange.LocalChannels;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import io.millrace.taskmanager.runtime.slot.Slot;
import io.millrace.taskmanager.runtime.slot.SlotHost;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.task.PositionClasses;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskServices;
import io.millrace.taskmanager.runtime.task.TaskState;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.state.KeyedStateFactories;
import io.millrace.taskmanager.state.heap.HeapStateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One slot on a thread of its own. */
public final class ThreadRig implements TaskListener, AutoCloseable {
    private static final JobId JOB = new JobId(3, 4);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ReferencePlans plans = new ReferencePlans();
    private final DataPlane plane;
    private final Slot slot;
    private final SlotHost host;
    private long watchNanos = System.nanoTime();
    private final List<SubtaskId> tasks = new ArrayList<>();
    private final BlockingQueue<TaskState> states = new LinkedBlockingQueue<>();
    private final BlockingQueue<TaskFailure> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final LocalChannels localChannels = new LocalChannels();

    public ThreadRig(Clock clock) {
        plane = new InMemoryNetwork(1)
                .start(
                        new Identity("test", new TaskManagerId("tm"), new Incarnation(1)),
                        NetworkSettings.Buffers.DEFAULTS,
                        new MemoryBudget("network", 64L << 20, "taskmanager.network.memory"));
        TaskServices services = new TaskServices(
                clock,
                plane,
                localChannels,
                new KeyedStateFactories(Map.of("heap", new HeapStateFactory())),
                plans,
                (name, work) -> work.run(),
                new PositionClasses(100),
                noOutputs(),
                new InMemoryStorages(),
                2);
        Signal signal = new Signal();
        slot = new Slot("slot under test " + NUMBER.incrementAndGet() + ":", signal, services, this);
        host = new SlotHost(slot, signal, clock, (failed, why) -> broken.add(why));
        host.start();
    }

    public JobSketch sketch() {
        return new JobSketch(plans);
    }

    public Slot slot() {
        return slot;
    }

    public SlotHost host() {
        return host;
    }

    /** Deploys and starts a job. */
    public void deploy(JobSketch job) throws InterruptedException {
        JobCode code = new JobCode(ThreadRig.class.getClassLoader(), SerializerFactory.create());
        for (SubtaskDeployment deployment : job.deployments(JOB, (vertex, subtask) -> plane.address())) {
            tasks.add(deployment.id());
            slot.deploy(deployment, code);
        }
        for (SubtaskId ignored : tasks) {
            await(TaskState.DEPLOYED);
        }
        tasks.forEach(slot::start);
    }

    private void await(TaskState wanted) throws InterruptedException {
        TaskState next;
        do {
            next = states.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No task became " + wanted);
            }
        } while (next != wanted);
    }

    public void cancelAll() {
        tasks.forEach(slot::cancel);
    }

    /** Waits until all tasks have ended. @return how */
    public List<TaskState> awaitEnd() throws InterruptedException {
        return awaitEnds(tasks.size());
    }

    /** Waits until so many more tasks have ended. @return how */
    public List<TaskState> awaitEnds(int count) throws InterruptedException {
        List<TaskState> ends = new ArrayList<>();
        while (ends.size() < count) {
            TaskState next = states.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Not all tasks ended: " + ends);
            }
            if (next.isTerminal()) {
                ends.add(next);
            }
        }
        return ends;
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
        states.add(state);
    }

    @Override
    public void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {}

    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
        failures.add(failure);
        states.add(TaskState.FAILED);
    }

    @Override
    public void close() {
        host.close();
        plane.close();
        if (!broken.isEmpty() || localChannels.size() > 0 || !threads().isEmpty()) {
            throw new AssertionError("left: " + broken + ", " + localChannels.size() + " channels, " + threads());
        }
    }

    /** Threads of the slot that have not ended. */
    public List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(slot.name()))
                .toList();
    }

    /** What failed so far. */
    public List<TaskFailure> failures() {
        return List.copyOf(failures);
    }

    /** Looks as a watcher does within 100 ms, all at once. */
    public void watchForTenthOfASecond() {
        for (int look = 0; look < 3; look++) {
            watchOnce();
        }
    }

    /** Looks as a watcher does 50 ms after it looked last. */
    public void watchOnce() {
        watchNanos += TimeUnit.MILLISECONDS.toNanos(50);
        host.watch(watchNanos);
    }

    private static JobOutputs noOutputs() {
        return new JobOutputs() {
            @Override
            public Lines openLines(SubtaskId task, int operator, String operatorName) {
                throw new UnsupportedOperationException("nothing is printed here");
            }

            @Override
            public Results openResults(SubtaskId task, int operator, Signal hasRoom) {
                throw new UnsupportedOperationException("nothing is collected here");
            }
        };
    }
}
