package io.millrace.jobmanager.control;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
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

    /** One task; its state is what the TaskManager would report. */
    private static final class Task {
        private final SubtaskDeployment deployment;
        private ExecutionState state = ExecutionState.DEPLOYING;
        private boolean started;

        Task(SubtaskDeployment deployment) {
            this.deployment = deployment;
        }
    }

    ModelTaskManager(PeerAddress address, int slots) {
        this.address = address;
        this.slots = slots;
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
        int luck = faults ? random.nextInt(100) : 100;
        switch (task.state) {
            case DEPLOYING -> become(task, luck < 4 ? ExecutionState.FAILED : ExecutionState.INITIALIZING);
            case INITIALIZING -> {
                if (task.started) {
                    become(task, luck < 2 ? ExecutionState.FAILED : ExecutionState.RUNNING);
                }
            }
            case RUNNING -> {
                if (luck < 10) {
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
        throw new AssertionError("nobody triggers checkpoints yet");
    }

    @Override
    public void on(ToTaskManager.CheckpointCompleted message) {
        throw new AssertionError("nobody triggers checkpoints yet");
    }

    @Override
    public void on(ToTaskManager.CheckpointAborted message) {
        throw new AssertionError("nobody triggers checkpoints yet");
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
