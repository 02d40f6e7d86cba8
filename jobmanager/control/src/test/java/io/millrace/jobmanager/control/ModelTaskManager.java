package io.millrace.jobmanager.control;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a TaskManager process does as far as the control plane can see, and no more. It checks what it is told: a slot
 * never holds two jobs or two subtasks of one vertex, nothing is started that is not deployed, nothing is forgotten
 * that has not ended.
 */
final class ModelTaskManager implements ToTaskManager.Handler {
    private final PeerAddress address;
    private final int slots;
    private final Map<SubtaskId, Task> tasks = new LinkedHashMap<>();

    private @Nullable Consumer<FromTaskManager> stream;
    private boolean told;

    /** Triggers that are not answered, in their order. */
    private final Map<OfJob, ToTaskManager.TriggerCheckpoint> triggers = new LinkedHashMap<>();

    private final Map<OfJob, FromTaskManager> answers = new LinkedHashMap<>();
    private BiConsumer<String, SegmentFile> storage = (place, file) -> {
        throw new AssertionError("no checkpoints here");
    };

    /** Each job counts its checkpoints for itself. */
    private record OfJob(JobId job, long checkpoint) {}

    /** One task; its state is what the TaskManager would report. */
    private static final class Task {
        private final SubtaskDeployment deployment;
        private ExecutionState state = ExecutionState.DEPLOYING;
        private boolean started;
        /** Checkpoints that were given up while it was there. */
        private final Set<Long> givenUp = new HashSet<>();
        /** The checkpoint behind whose barrier it waits, since the job ends with it; 0 if there is none. */
        private long heldBy;
        /** Whether its input was ended by a drain. */
        private boolean drained;
        /** Whether it has only to commit. */
        private boolean stopped;

        Task(SubtaskDeployment deployment) {
            this.deployment = deployment;
            this.stopped = deployment.restore() != null && deployment.restore().stopped();
        }
    }

    ModelTaskManager(PeerAddress address, int slots) {
        this.address = address;
        this.slots = slots;
    }

    /** Takes part in checkpoints; puts what it writes there. */
    ModelTaskManager with(BiConsumer<String, SegmentFile> newStorage) {
        storage = newStorage;
        return this;
    }

    /** One task, drawn at random, goes on towards running, or to its end if it is being cancelled. */
    void workOn(Random random) {
        List<Task> candidates = tasks.values().stream()
                .filter(task -> task.state != ExecutionState.RUNNING || task.stopped)
                .toList();
        if (!candidates.isEmpty()) {
            work(candidates.get(random.nextInt(candidates.size())), 100);
        }
    }

    /** The first task that is not ended fails. */
    void failOne() {
        tasks.values().stream()
                .filter(task -> !task.state.isTerminal())
                .findFirst()
                .ifPresent(task -> become(task, ExecutionState.FAILED));
    }

    /** Every task that runs has done all its work. */
    void finishAll() {
        tasks.values().stream()
                .filter(task -> task.state == ExecutionState.RUNNING)
                .forEach(task -> become(task, ExecutionState.FINISHED));
    }

    /** What was being written comes to the storage, with nobody to tell of it. */
    void writeUnheard() {
        triggers.values().forEach(trigger -> storage.accept(trigger.place(), fileOf(trigger)));
        triggers.clear();
    }

    /** One snapshot comes to its end. */
    void snapshot(Random random, boolean faults) {
        Iterator<ToTaskManager.TriggerCheckpoint> oldest = triggers.values().iterator();
        if (!oldest.hasNext()) {
            return;
        }
        ToTaskManager.TriggerCheckpoint trigger = oldest.next();
        oldest.remove();
        List<SubtaskId> running = new ArrayList<>();
        tasks.forEach((id, task) -> {
            if (id.job().equals(trigger.job()) && id.run() == trigger.run() && task.state == ExecutionState.RUNNING) {
                running.add(id);
            }
        });
        if (running.isEmpty()) {
            return;
        }
        FromTaskManager answer;
        if (faults && random.nextInt(10) == 0) {
            answer = new FromTaskManager.CheckpointDeclined(
                    trigger.job(), trigger.run(), trigger.checkpoint(), running.get(0), FakeDisk.PROBLEM);
        } else {
            running.forEach(id -> pass(tasks.get(id), trigger));
            SegmentFile file = fileOf(trigger);
            storage.accept(trigger.place(), file);
            StatePart part = new StatePart(PartKind.OPERATOR_LIST, "l", 0, 0, 0, 50, 10, 1);
            answer = new FromTaskManager.CheckpointAcknowledged(
                    trigger.job(),
                    trigger.run(),
                    trigger.checkpoint(),
                    List.of(file),
                    List.of(),
                    running.stream()
                            .map(id -> new SubtaskAcknowledgement(
                                    id, List.of(new OperatorParts(10 * id.vertex(), List.of(part))), SnapshotCost.NONE))
                            .toList());
        }
        answers.put(new OfJob(trigger.job(), trigger.checkpoint()), answer);
        send(answer);
    }

    /** A barrier that arrives when its checkpoint is given up holds nobody, as in a real task. */
    private static void pass(Task task, ToTaskManager.TriggerCheckpoint trigger) {
        boolean again = task.heldBy == trigger.checkpoint();
        check(task.heldBy == 0 || again, "a barrier behind that of a stop", trigger, task.heldBy);
        check(!task.stopped, "a barrier in a task that has stopped", trigger, task.heldBy);
        if (trigger.kind().stopsJob() && !task.givenUp.contains(trigger.checkpoint())) {
            task.heldBy = trigger.checkpoint();
            task.drained = trigger.kind() == CheckpointKind.DRAIN;
        }
    }

    /** Whether a task waits for the fate of a stop. */
    boolean isHeld() {
        return tasks.values().stream()
                .anyMatch(task -> task.state == ExecutionState.RUNNING && task.heldBy != 0 && !task.stopped);
    }

    private SegmentFile fileOf(ToTaskManager.TriggerCheckpoint trigger) {
        String name = CheckpointFileName.segment(trigger.checkpoint(), address.incarnation(), 0);
        return new SegmentFile(name, 100, trigger.checkpoint());
    }

    PeerAddress address() {
        return address;
    }

    int slots() {
        return slots;
    }

    int tasks() {
        return tasks.size();
    }

    boolean isConnected() {
        return stream != null;
    }

    /** Whether it was told to end its process. */
    boolean wasToldToEnd() {
        return told;
    }

    void connect(Consumer<FromTaskManager> newStream) {
        stream = newStream;
        List<TaskReport> reports = new ArrayList<>();
        tasks.forEach((id, task) -> reports.add(new TaskReport(
                id,
                task.deployment.jobName(),
                task.deployment.vertex().name(),
                task.deployment.slot(),
                task.state,
                task.state == ExecutionState.FAILED ? failure(id) : null)));
        send(new FromTaskManager.Register(FromTaskManager.PROTOCOL_VERSION, "test", address, slots, "0.1.0", reports));
    }

    void disconnect() {
        stream = null;
    }

    void heartbeat() {
        send(new FromTaskManager.Heartbeat(1, List.of()));
    }

    /** One task, drawn at random, takes its next step. */
    void work(Random random, boolean faults) {
        List<Task> candidates = new ArrayList<>(tasks.values());
        if (candidates.isEmpty()) {
            return;
        }
        Task task = candidates.get(random.nextInt(candidates.size()));
        work(task, faults ? random.nextInt(100) : 100);
    }

    private void work(Task task, int luck) {
        switch (task.state) {
            case DEPLOYING -> become(task, luck < 4 ? ExecutionState.FAILED : ExecutionState.INITIALIZING);
            case INITIALIZING -> {
                if (task.started) {
                    become(task, luck < 2 ? ExecutionState.FAILED : ExecutionState.RUNNING);
                }
            }
            case RUNNING -> {
                if (task.stopped) {
                    become(task, ExecutionState.FINISHED);
                } else if (luck < 10) {
                    become(task, luck < 1 ? ExecutionState.FAILED : ExecutionState.FINISHED);
                }
            }
            case CANCELING -> become(task, luck < 2 ? ExecutionState.FAILED : ExecutionState.CANCELED);
            default -> {
                // Ended: waits to be forgotten.
            }
        }
    }

    @Override
    public void on(ToTaskManager.Deploy message) {
        SubtaskDeployment deployment = message.deployment();
        if (tasks.containsKey(deployment.id())) {
            return;
        }
        for (Task task : tasks.values()) {
            if (task.deployment.slot() == deployment.slot() && !task.state.isTerminal()) {
                SubtaskId other = task.deployment.id();
                check(other.job().equals(deployment.id().job()), "slot shared by jobs", other, deployment.id());
                check(other.vertex() != deployment.id().vertex(), "slot with two of a vertex", other, deployment.id());
            }
        }
        tasks.put(deployment.id(), new Task(deployment));
    }

    @Override
    public void on(ToTaskManager.Start message) {
        for (SubtaskId id : message.subtasks()) {
            Task task = tasks.get(id);
            check(task != null && task.state != ExecutionState.DEPLOYING, "started before it is deployed", id, task);
            if (task != null) {
                task.started = true;
            }
        }
    }

    @Override
    public void on(ToTaskManager.Cancel message) {
        for (SubtaskId id : message.subtasks()) {
            Task task = tasks.get(id);
            if (task == null) {
                send(new FromTaskManager.SubtaskStateChanged(id, ExecutionState.CANCELED, null));
            } else if (task.state.isTerminal()) {
                report(task);
            } else {
                task.state = ExecutionState.CANCELING;
            }
        }
    }

    @Override
    public void on(ToTaskManager.Forget message) {
        for (SubtaskId id : message.subtasks()) {
            Task task = tasks.remove(id);
            check(task == null || task.state.isTerminal(), "forgotten while it runs", id, task);
        }
    }

    @Override
    public void on(ToTaskManager.Shutdown message) {
        told = true;
    }

    @Override
    public void on(ToTaskManager.Refused message) {
        throw new AssertionError("refused: " + message.problem().render());
    }

    @Override
    public void on(ToTaskManager.Fenced message) {
        throw new AssertionError("fenced by the only leader");
    }

    @Override
    public void on(ToTaskManager.Registered message) {}

    @Override
    public void on(ToTaskManager.HeartbeatAck message) {}

    @Override
    public void on(ToTaskManager.ResultAck message) {}

    @Override
    public void on(ToTaskManager.TriggerCheckpoint message) {
        FromTaskManager known = answers.get(new OfJob(message.job(), message.checkpoint()));
        if (known != null) {
            send(known);
        } else {
            triggers.put(new OfJob(message.job(), message.checkpoint()), message);
        }
    }

    @Override
    public void on(ToTaskManager.CheckpointCompleted message) {
        answers.remove(new OfJob(message.job(), message.checkpoint()));
        ofRun(message.job(), message.run()).forEach(task -> task.stopped |= task.heldBy == message.checkpoint());
    }

    @Override
    public void on(ToTaskManager.CheckpointAborted message) {
        answers.remove(new OfJob(message.job(), message.checkpoint()));
        ofRun(message.job(), message.run()).forEach(task -> task.givenUp.add(message.checkpoint()));
        ofRun(message.job(), message.run())
                .filter(task -> task.heldBy == message.checkpoint() && !task.drained)
                .forEach(task -> task.heldBy = 0);
    }

    private Stream<Task> ofRun(JobId job, int run) {
        return tasks.values().stream()
                .filter(task -> task.deployment.id().job().equals(job)
                        && task.deployment.id().run() == run);
    }

    private void become(Task task, ExecutionState next) {
        task.state = next;
        report(task);
    }

    private void report(Task task) {
        SubtaskId id = task.deployment.id();
        send(new FromTaskManager.SubtaskStateChanged(
                id, task.state, task.state == ExecutionState.FAILED ? failure(id) : null));
    }

    private Failure failure(SubtaskId id) {
        Problem problem = new Problem("USER_ERROR", "boom", "", "", "");
        return new Failure(
                problem, "stack", id, "v" + id.vertex(), address.taskManager().name(), 1, "");
    }

    private void send(FromTaskManager message) {
        if (stream != null) {
            stream.accept(message);
        }
    }

    private static void check(boolean condition, String what, Object a, @Nullable Object b) {
        if (!condition) {
            throw new AssertionError(what + ": " + a + ", " + b);
        }
    }
}
