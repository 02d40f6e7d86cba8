package io.millrace.taskmanager.server.process;

import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.concurrent.ThreadHost;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.netty.NettyDataPlane;
import io.millrace.taskmanager.runtime.exchange.LocalChannels;
import io.millrace.taskmanager.runtime.slot.Slot;
import io.millrace.taskmanager.runtime.slot.SlotHost;
import io.millrace.taskmanager.runtime.task.PlanReader;
import io.millrace.taskmanager.runtime.task.PositionClasses;
import io.millrace.taskmanager.runtime.task.TaskServices;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.server.checkpoint.SegmentFiles;
import io.millrace.taskmanager.server.checkpoint.SegmentStore;
import io.millrace.taskmanager.server.output.OutputOutbox;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.LinkStatistics;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import io.millrace.taskmanager.server.supervisor.SupervisorSettings;
import io.millrace.taskmanager.server.supervisor.TaskManagerSupervisor;
import io.millrace.taskmanager.state.KeyedStateFactories;
import io.millrace.taskmanager.state.heap.HeapStateFactory;
import io.millrace.taskmanager.state.rocksdb.RocksStateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TaskManager's parts, made, joined and running: data plane, slots with a thread each, supervisor. How it reaches its
 * JobManager and its jobs' classes is handed in, so a TaskManager inside another JVM is made of the same parts.
 */
public final class TaskManagerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskManagerProcess.class);
    private static final int SUPERVISOR_MAILS = 65_536;
    /** Each is compiled for itself; a TaskManager with more positions has no time left to profit from it. */
    private static final int MOST_POSITION_CLASSES = 2_000;

    private final TaskManagerThreads threads = new TaskManagerThreads();
    private final List<SlotHost> hosts = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final MemoryBudget networkMemory;
    private final DataPlane dataPlane;
    private final RocksStateFactory rocks;
    private final Mailbox<SupervisorEvent> supervisorMail;
    private final TaskManagerSupervisor supervisor;
    private final ThreadHost supervisorHost;

    /** Makes the parts that reach out of the process. */
    public interface Surroundings {

        ControlLink link(Mailbox<SupervisorEvent> supervisor);

        /** @param worker runs what blocks, one task after another */
        JobLibraries libraries(ExecutorService worker, Mailbox<SupervisorEvent> supervisor);

        /**
         * Directories only, unless more is made.
         *
         * @param freshNames no process is given one of them a second time; any thread
         */
        default CheckpointStorages storages(Supplier<String> freshNames) {
            return new DirectoryStorages(freshNames);
        }
    }

    /**
     * Starts a TaskManager.
     *
     * @param nonces random numbers; called by any thread
     * @param onEnd told when the process is to end: refused for good, replaced, or broken
     */
    public TaskManagerProcess(
            TaskManagerSettings settings,
            Clock clock,
            Surroundings surroundings,
            LongSupplier nonces,
            Consumer<Problem> onEnd) {
        this.networkMemory =
                new MemoryBudget("network", settings.networkBytes(), TaskManagerOptions.NETWORK_MEMORY.key());
        this.dataPlane = NettyDataPlane.start(settings.identity(), settings.network(), networkMemory);
        Signal supervisorSignal = new Signal();
        this.supervisorMail = new Mailbox<>("supervisor", SUPERVISOR_MAILS, supervisorSignal);
        OutputOutbox outbox = new OutputOutbox(supervisorSignal);
        PeerAddress address = dataPlane.address();
        SlotTaskRunner runner = new SlotTaskRunner(address.taskManager().name(), clock, supervisorMail);
        Incarnation incarnation = settings.identity().incarnation();
        CheckpointStorages storages = surroundings.storages(new FreshNames(incarnation));
        this.rocks = new RocksStateFactory(
                settings.stateDirectory(),
                incarnation.toString(),
                new MemoryBudget("state", settings.stateBytes(), TaskManagerOptions.STATE_MEMORY.key()),
                settings.stateBytes());
        startSlots(settings, clock, outbox, storages, runner, onEnd);
        SegmentStore segments = new WorkerSegmentStore(
                threads,
                storages,
                new SegmentFiles(
                        incarnation,
                        SegmentFiles.DEFAULT_LIMIT_BYTES,
                        nonces,
                        nanos -> TaskManagerThreads.pause(clock, nanos)),
                supervisorMail);
        this.supervisor = new TaskManagerSupervisor(
                supervisorSettings(settings, address),
                clock,
                supervisorMail,
                new TaskManagerSupervisor.Collaborators(
                        surroundings.link(supervisorMail),
                        runner,
                        surroundings.libraries(threads.libraries(), supervisorMail),
                        runner,
                        segments),
                outbox,
                onEnd);
        this.supervisorHost = new ThreadHost(
                        "millrace-supervisor",
                        List.of(supervisor, new SlotWatch(List.copyOf(hosts))),
                        supervisorSignal,
                        clock,
                        (agent, failure) -> onEnd.accept(broken(agent, failure)))
                .start();
    }

    private void startSlots(
            TaskManagerSettings settings,
            Clock clock,
            OutputOutbox outbox,
            CheckpointStorages storages,
            SlotTaskRunner runner,
            Consumer<Problem> onEnd) {
        TaskServices services = new TaskServices(
                clock,
                dataPlane,
                new LocalChannels(),
                new KeyedStateFactories(Map.of("heap", new HeapStateFactory(), "rocksdb", rocks)),
                PlanReader.SERIALIZED,
                threads,
                new PositionClasses(MOST_POSITION_CLASSES),
                outbox,
                storages,
                settings.creditsPerChannel());
        for (int i = 0; i < settings.slots(); i++) {
            Signal signal = new Signal();
            Slot slot = new Slot("millrace-slot-" + i, signal, services, runner.listener());
            slots.add(slot);
            hosts.add(new SlotHost(slot, signal, clock, (broken, failure) -> onEnd.accept(broken(broken, failure))));
        }
        runner.useSlots(slots);
        hosts.forEach(SlotHost::start);
    }

    private static SupervisorSettings supervisorSettings(TaskManagerSettings settings, PeerAddress address) {
        return new SupervisorSettings(
                settings.identity().cluster(),
                address,
                settings.slots(),
                settings.version(),
                TimeUnit.MILLISECONDS.toNanos(50),
                TimeUnit.SECONDS.toNanos(2),
                settings.orphanTimeout().toNanos());
    }

    private static Problem broken(Agent agent, Throwable failure) {
        LOG.error("event=agent-broken agent={}", agent.name(), failure);
        return Problem.of(
                        io.millrace.taskmanager.server.supervisor.TaskManagerErrors.INTERNAL_ERROR,
                        "The TaskManager's " + agent.name() + " broke")
                .because(failure.toString());
    }

    /** Where its data plane is reached. */
    public PeerAddress address() {
        return dataPlane.address();
    }

    /** What the tasks of all slots did so far. Any thread. */
    public List<TaskStatistics> statistics() {
        List<TaskStatistics> all = new ArrayList<>();
        slots.forEach(slot -> all.addAll(slot.statistics()));
        return all;
    }

    /** How it stands with the JobManager. Any thread. */
    public LinkStatistics link() {
        return supervisor.linkStatistics();
    }

    public DataPlane dataPlane() {
        return dataPlane;
    }

    /** Bytes of network memory that are reserved, by purpose. Any thread. */
    public Map<String, Long> networkMemory() {
        return networkMemory.byPurpose();
    }

    /** Ends in an orderly way: says goodbye, closes tasks, gives everything back. */
    @Override
    public void close() {
        supervisorHost.close();
        hosts.forEach(SlotHost::stop);
        hosts.forEach(SlotHost::close);
        rocks.close();
        dataPlane.close();
        threads.close();
    }
}
