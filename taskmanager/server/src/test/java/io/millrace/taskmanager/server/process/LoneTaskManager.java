package io.millrace.taskmanager.server.process;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A TaskManager of two slots whose JobManager is the test. */
final class LoneTaskManager implements TaskManagerProcess.Surroundings, JobLibraries, AutoCloseable {
    private static final Epoch EPOCH = new Epoch(1);
    private static final int SLOTS = 2;

    private final BlockingQueue<FromTaskManager> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Problem> ends = new LinkedBlockingQueue<>();
    private final AtomicLong nonces = new AtomicLong(1);
    private final TaskManagerProcess process;
    private volatile @Nullable Mailbox<SupervisorEvent> supervisor;

    LoneTaskManager() {
        Configuration configuration = Configuration.of(
                Map.of(TaskManagerOptions.ID.key(), "tm", TaskManagerOptions.SLOTS.key(), Integer.toString(SLOTS)),
                "the test");
        TaskManagerSettings settings = TaskManagerSettings.of(
                configuration, new TaskManagerSettings.Machine(SLOTS, 512L << 20, new Incarnation(9), "test"));
        process = new TaskManagerProcess(settings, SystemClock.INSTANCE, this, nonces::getAndIncrement, ends::add);
    }

    @Override
    public ControlLink link(Mailbox<SupervisorEvent> mailbox) {
        supervisor = mailbox;
        return new Link();
    }

    @Override
    public JobLibraries libraries(ExecutorService worker, Mailbox<SupervisorEvent> mailbox) {
        return this;
    }

    private void post(SupervisorEvent event) {
        Mailbox<SupervisorEvent> mailbox = supervisor;
        if (mailbox == null || !mailbox.post(event)) {
            throw new IllegalStateException("The supervisor takes no mail");
        }
    }

    /** The stream, which never breaks. */
    private final class Link implements ControlLink {
        @Override
        public void open(long attempt) {
            post(new SupervisorEvent.LinkOpened(attempt));
            post(new SupervisorEvent.Received(attempt, EPOCH, new ToTaskManager.Registered("c", 60_000, 600_000, 4)));
        }

        @Override
        public void send(Epoch epoch, FromTaskManager message) {
            received.add(message);
        }

        @Override
        public void close() {
            // The test reads what came before.
        }

        @Override
        public void finish() {
            // The test reads what came before.
        }
    }

    @Override
    public void acquire(JobId job, SubtaskId subtask, List<BlobReference> jars) {
        post(new SupervisorEvent.LibrariesReady(subtask, getClass().getClassLoader()));
    }

    @Override
    public void release(SubtaskId subtask) {
        // The test's classes stay.
    }

    void send(ToTaskManager message) {
        post(new SupervisorEvent.Received(1, EPOCH, message));
    }

    /** The next message of this kind; others before it are dropped. */
    <T extends FromTaskManager> T await(Class<T> kind) throws InterruptedException {
        while (true) {
            FromTaskManager next = received.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No " + kind.getSimpleName() + "; ends: " + ends);
            }
            if (next instanceof SubtaskStateChanged changed && changed.failure() != null) {
                throw new AssertionError(
                        changed.failure().problem().render() + changed.failure().stackTrace());
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    void awaitStates(ExecutionState state, int count) throws InterruptedException {
        for (int seen = 0; seen < count; ) {
            seen += await(SubtaskStateChanged.class).state() == state ? 1 : 0;
        }
    }

    /** Deploys and starts all of a job, and waits until it runs. @return its tasks */
    List<SubtaskId> run(JobId job, JobGraph graph) throws InterruptedException {
        List<SubtaskId> tasks = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (int index = 0; index < vertex.parallelism(); index++) {
                SubtaskDeployment deployment = deployment(job, graph, vertex, index);
                tasks.add(deployment.id());
                send(new ToTaskManager.Deploy(deployment));
            }
        }
        awaitStates(ExecutionState.INITIALIZING, tasks.size());
        send(new ToTaskManager.Start(tasks));
        awaitStates(ExecutionState.RUNNING, tasks.size());
        return tasks;
    }

    private SubtaskDeployment deployment(JobId job, JobGraph graph, JobVertex vertex, int index) {
        List<InputGatePlacement> inputs = new ArrayList<>();
        List<OutputGatePlacement> outputs = new ArrayList<>();
        for (JobEdge edge : graph.edges()) {
            if (edge.targetVertex() == vertex.id()) {
                inputs.add(new InputGatePlacement(edge, channels(edge, graph.vertex(edge.sourceVertex()), index)));
            }
            if (edge.sourceVertex() == vertex.id()) {
                JobVertex target = graph.vertex(edge.targetVertex());
                outputs.add(new OutputGatePlacement(
                        edge,
                        target.parallelism(),
                        KeyGroupRouting.even(target.maxParallelism(), target.parallelism()),
                        channels(edge, target, index)));
            }
        }
        return new SubtaskDeployment(
                new SubtaskId(job, 1, vertex.id(), index, 0),
                graph.name(),
                vertex,
                index % SLOTS,
                inputs,
                outputs,
                List.of(),
                graph.configuration(),
                null);
    }

    private List<ChannelPlacement> channels(JobEdge edge, JobVertex peer, int index) {
        return IntStream.range(0, peer.parallelism())
                .filter(other -> edge.kind() != ExchangeKind.FORWARD || other == index)
                .mapToObj(other -> new ChannelPlacement(other, process.address()))
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
