package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.server.checkpoint.Barriers;
import io.millrace.taskmanager.server.checkpoint.SegmentRequest;
import io.millrace.taskmanager.server.checkpoint.SegmentStore;
import io.millrace.taskmanager.server.output.OutputOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A supervisor stepped by hand, with everything around it recorded. */
final class SupervisorFixture implements ControlLink, TaskRunner, JobLibraries, Barriers, SegmentStore {
    static final PeerAddress ADDRESS = new PeerAddress(new TaskManagerId("tm-1"), new Incarnation(7), "127.0.0.1", 9);

    final ManualClock clock = new ManualClock(1_000, 1_000);
    final Signal signal = new Signal();
    final Mailbox<SupervisorEvent> events = new Mailbox<>("supervisor", 1_024, signal);
    final OutputOutbox outbox = new OutputOutbox(signal);
    final List<FromTaskManager> sent = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<Problem> ended = new ArrayList<>();
    final TaskManagerSupervisor supervisor;
    long attempt;
    boolean open;

    SupervisorFixture() {
        SupervisorSettings settings = new SupervisorSettings(
                "c", ADDRESS, 2, "test", millis(100), millis(1_000), TimeUnit.MINUTES.toNanos(5));
        supervisor = new TaskManagerSupervisor(
                settings,
                clock,
                events,
                new TaskManagerSupervisor.Collaborators(this, this, this, this, this),
                outbox,
                ended::add);
    }

    static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    static SubtaskId subtask(int index) {
        return new SubtaskId(new JobId(1, 2), 1, 0, index, 0);
    }

    static SubtaskDeployment deployment(int index) {
        JobVertex vertex = new JobVertex(
                0,
                "Map",
                2,
                128,
                JobVertex.DEFAULT_SLOT_SHARING_GROUP,
                List.of(new OperatorNode(0, "", "Map", "", OpaqueBytes.EMPTY)),
                List.of());
        return new SubtaskDeployment(subtask(index), "job", vertex, 0, List.of(), List.of(), List.of(), Map.of(), null);
    }

    SupervisorFixture run() {
        int work;
        do {
            work = supervisor.step(clock.nanoTime());
        } while (work > 0);
        return this;
    }

    SupervisorFixture advance(long millis) {
        clock.advance(Duration.ofMillis(millis));
        return run();
    }

    SupervisorFixture registered(long epoch) {
        run();
        post(new SupervisorEvent.LinkOpened(attempt));
        return receive(epoch, new ToTaskManager.Registered("c", 500, 5_000, 4));
    }

    SupervisorFixture receive(long epoch, ToTaskManager message) {
        return post(new SupervisorEvent.Received(attempt, new Epoch(epoch), message));
    }

    SupervisorFixture post(SupervisorEvent event) {
        events.post(event);
        return run();
    }

    SupervisorFixture state(int index, ExecutionState state) {
        return post(new SupervisorEvent.TaskStateChanged(subtask(index), state, null, null));
    }

    SupervisorFixture deployed(int index) {
        receive(1, new ToTaskManager.Deploy(deployment(index)));
        post(new SupervisorEvent.LibrariesReady(subtask(index), getClass().getClassLoader()));
        return state(index, ExecutionState.INITIALIZING);
    }

    <T extends FromTaskManager> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    FromTaskManager lastSent() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public void open(long newAttempt) {
        attempt = newAttempt;
        open = true;
        calls.add("open " + newAttempt);
    }

    @Override
    public void send(Epoch epoch, FromTaskManager message) {
        sent.add(message);
        epochs.add(epoch);
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public void finish() {
        open = false;
        calls.add("finish");
    }

    @Override
    public void deploy(SubtaskDeployment deployment, ClassLoader userCode) {
        calls.add("deploy " + deployment.id().index());
    }

    @Override
    public void start(SubtaskId subtask) {
        calls.add("start " + subtask.index());
    }

    @Override
    public void cancel(SubtaskId subtask) {
        calls.add("cancel " + subtask.index());
    }

    @Override
    public void ended(SubtaskId subtask) {
        calls.add("ended " + subtask.index());
    }

    @Override
    public List<TaskProgress> progress() {
        return List.of();
    }

    @Override
    public void acquire(JobId job, SubtaskId subtask, List<BlobReference> jars) {
        calls.add("acquire " + subtask.index());
    }

    @Override
    public void release(SubtaskId subtask) {
        calls.add("release " + subtask.index());
    }

    @Override
    public void announce(SubtaskId task, Barrier barrier) {
        calls.add("announce " + barrier.checkpoint() + " to " + task.index());
    }

    @Override
    public void giveUp(SubtaskId task, long checkpoint) {
        calls.add("give up " + checkpoint + " in " + task.index());
    }

    @Override
    public void completed(SubtaskId task, Barrier barrier) {
        calls.add("completed " + barrier.checkpoint() + " to " + task.index());
    }

    @Override
    public void open(JobId job, StorageLocation place) {
        calls.add("open " + place);
    }

    @Override
    public void write(CheckpointStorage storage, SegmentRequest request) {
        calls.add("write " + request.checkpoint());
    }

    @Override
    public void close(CheckpointStorage storage) {
        calls.add("close storage");
    }
}
