package io.millrace.taskmanager.runtime.probe;

import io.millrace.api.types.SerializerFactory;
import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.netty.NettyDataPlane;
import io.millrace.taskmanager.runtime.exchange.LocalChannels;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ReferencePlans;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** TaskManagers of one JVM with real threads, joined by Netty. */
final class ProbeCluster implements TaskListener, AutoCloseable {
    private final ReferencePlans plans = new ReferencePlans();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<NettyDataPlane> planes = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<SlotHost> hosts = new ArrayList<>();
    private final Map<SubtaskId, Integer> slotOf = new LinkedHashMap<>();
    private final Map<SubtaskId, TaskState> states = new ConcurrentHashMap<>();
    private final Map<SubtaskId, TaskStatistics> statistics = new ConcurrentHashMap<>();
    private final int slotsPerProcess;
    private volatile CountDownLatch deployed = new CountDownLatch(0);
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private long jobs;

    ProbeCluster(int processes, int slotsPerProcess) {
        this.slotsPerProcess = slotsPerProcess;
        for (int process = 0; process < processes; process++) {
            NettyDataPlane plane = NettyDataPlane.start(
                    new Identity("probe", new TaskManagerId("tm" + process), new Incarnation(process)),
                    NetworkSettings.DEFAULTS,
                    new MemoryBudget("network", 256L << 20, "taskmanager.network.memory"));
            planes.add(plane);
            LocalChannels local = new LocalChannels();
            for (int index = 0; index < slotsPerProcess; index++) {
                Signal signal = new Signal();
                TaskServices services = new TaskServices(
                        SystemClock.INSTANCE,
                        plane,
                        local,
                        new KeyedStateFactories(Map.of("heap", new HeapStateFactory())),
                        plans,
                        (name, work) -> workers.execute(work),
                        new PositionClasses(100),
                        noOutputs(),
                        new InMemoryStorages(),
                        8);
                Slot slot = new Slot("slot-" + process + "-" + index, signal, services, this);
                slots.add(slot);
                hosts.add(new SlotHost(slot, signal, SystemClock.INSTANCE, (failed, why) -> why.printStackTrace())
                        .start());
            }
        }
    }

    JobSketch sketch() {
        return new JobSketch(plans);
    }

    /** @param slotOfSubtask vertex and subtask to slot number */
    void run(JobSketch sketch, BiFunction<Integer, Integer, Integer> slotOfSubtask) throws InterruptedException {
        JobId job = new JobId(1, ++jobs);
        JobCode code = new JobCode(ProbeCluster.class.getClassLoader(), SerializerFactory.create());
        BiFunction<Integer, Integer, PeerAddress> placement =
                (vertex, subtask) -> planes.get(slotOfSubtask.apply(vertex, subtask) / slotsPerProcess)
                        .address();
        List<SubtaskDeployment> deployments = sketch.deployments(job, placement);
        deployed = new CountDownLatch(deployments.size());
        ended = new CountDownLatch(deployments.size());
        slotOf.clear();
        for (SubtaskDeployment deployment : deployments) {
            SubtaskId id = deployment.id();
            int slot = slotOfSubtask.apply(id.vertex(), id.index());
            slotOf.put(id, slot);
            slots.get(slot).deploy(deployment, code);
        }
        deployed.await();
        slotOf.forEach((id, slot) -> slots.get(slot).start(id));
        ended.await();
    }

    Map<SubtaskId, TaskStatistics> statistics() {
        return statistics;
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics current) {
        states.put(task, state);
        statistics.put(task, current);
        if (state == TaskState.DEPLOYED) {
            deployed.countDown();
        } else if (state.isTerminal()) {
            ended.countDown();
        }
    }

    @Override
    public void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {}

    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics current) {
        System.out.println(failure.problem().render() + "\n" + failure.stackTrace());
        deployed.countDown();
        ended.countDown();
    }

    @Override
    public void close() {
        hosts.forEach(SlotHost::close);
        planes.forEach(NettyDataPlane::close);
        workers.shutdown();
    }

    private static JobOutputs noOutputs() {
        return new JobOutputs() {
            @Override
            public Lines openLines(SubtaskId task, int operator, String operatorName) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Results openResults(SubtaskId task, int operator, Signal hasRoom) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
