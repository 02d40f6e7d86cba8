package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.server.checkpoint.CheckpointAgent;
import io.millrace.taskmanager.server.output.OutputOutbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a TaskManager, from their deployment until the JobManager says to forget them. Owned by the supervisor.
 */
final class SupervisedTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedTasks.class);

    private final LinkSession session;
    private final TaskRunner runner;
    private final JobLibraries libraries;
    private final OutputOutbox outbox;
    private final CheckpointAgent checkpoints;
    private final TaskFailures failures;
    private final Map<SubtaskId, TaskRecord> tasks = new LinkedHashMap<>();

    SupervisedTasks(
            LinkSession session,
            TaskManagerSupervisor.Collaborators collaborators,
            OutputOutbox outbox,
            CheckpointAgent checkpoints,
            TaskFailures failures) {
        this.session = session;
        this.runner = collaborators.runner();
        this.libraries = collaborators.libraries();
        this.outbox = outbox;
        this.checkpoints = checkpoints;
        this.failures = failures;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    int size() {
        return tasks.size();
    }

    List<TaskReport> reports() {
        return tasks.values().stream().map(TaskRecord::report).toList();
    }

    /** Of the running ones; each with the checkpoint that waits for it here. */
    List<TaskProgress> progress() {
        return runner.progress().stream()
                .map(task -> task.awaiting(checkpoints.awaitedOf(task.subtask())))
                .toList();
    }

    void cancelAll() {
        List.copyOf(tasks.keySet()).forEach(this::cancel);
    }

    void onDeploy(SubtaskDeployment deployment) {
        TaskRecord known = tasks.get(deployment.id());
        if (known != null) {
            report(known);
            return;
        }
        TaskRecord task = new TaskRecord(deployment);
        tasks.put(deployment.id(), task);
        checkpoints.onTaskState(deployment.id(), task.state());
        LOG.info("event=deploy {}", task.describe());
        libraries.acquire(deployment.id().job(), deployment.id(), deployment.jars());
    }

    void onLibrariesReady(SubtaskId subtask, ClassLoader userCode) {
        TaskRecord task = tasks.get(subtask);
        if (task == null || task.state() != ExecutionState.DEPLOYING) {
            libraries.release(subtask);
            if (task != null && task.state() == ExecutionState.CANCELING) {
                end(task, ExecutionState.CANCELED, null);
            }
            return;
        }
        task.markHandedToRunner();
        runner.deploy(task.deployment(), userCode);
    }

    void onLibrariesFailed(SubtaskId subtask, Problem problem) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && !task.state().isTerminal()) {
            end(task, ExecutionState.FAILED, failures.of(task.deployment(), problem));
        }
    }

    void start(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && task.state() == ExecutionState.INITIALIZING && task.markStarted()) {
            runner.start(subtask);
        }
    }

    void onCancel(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task == null) {
            session.send(new FromTaskManager.SubtaskStateChanged(subtask, ExecutionState.CANCELED, null));
        } else if (task.state().isTerminal()) {
            report(task);
        } else {
            cancel(subtask);
        }
    }

    private void cancel(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task == null || task.state().isTerminal() || task.state() == ExecutionState.CANCELING) {
            return;
        }
        task.become(ExecutionState.CANCELING, null);
        if (task.isFinished()) {
            end(task, ExecutionState.CANCELED, null);
        } else if (task.isHandedToRunner()) {
            runner.cancel(subtask);
        }
    }

    void forget(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && task.state().isTerminal()) {
            tasks.remove(subtask);
            outbox.forget(subtask);
            checkpoints.onTaskForgotten(subtask);
        }
    }

    void onTaskState(SupervisorEvent.TaskStateChanged news) {
        SubtaskId subtask = news.subtask();
        ExecutionState state = news.state();
        TaskRecord task = tasks.get(subtask);
        if (task == null || task.state().isTerminal()) {
            return;
        }
        if (state.isTerminal()) {
            // What the task printed, collected and counted goes out before the news of its end.
            if (news.last() != null) {
                session.send(new FromTaskManager.Heartbeat(session.nextHeartbeat(), List.of(news.last())));
            }
            outbox.drainTo(session::send, session.state() == LinkState.REGISTERED);
            runner.ended(subtask);
            libraries.release(subtask);
            if (state == ExecutionState.FINISHED && task.state() != ExecutionState.CANCELING) {
                task.markFinished();
                endIfDelivered(task);
            } else {
                end(task, task.endOf(state), news.failure());
            }
        } else if (task.state() != ExecutionState.CANCELING) {
            task.become(state, null);
            report(task);
            checkpoints.onTaskState(subtask, state);
        }
    }

    void onResultAck(ToTaskManager.ResultAck ack) {
        outbox.onAcknowledged(ack);
        TaskRecord task = tasks.get(ack.subtask());
        if (task != null) {
            endIfDelivered(task);
        }
    }

    /** A collecting task counts as finished when the client has what it collected. */
    private void endIfDelivered(TaskRecord task) {
        boolean delivered = outbox.isDelivered(task.deployment().id());
        if (task.isFinished() && delivered && !task.state().isTerminal()) {
            end(task, ExecutionState.FINISHED, null);
        }
    }

    private void end(TaskRecord task, ExecutionState state, @Nullable Failure failure) {
        task.become(state, failure == null ? null : failures.complete(task.deployment(), failure));
        LOG.info("event=ended state={} {}", state, task.describe());
        report(task);
        checkpoints.onTaskState(task.deployment().id(), state);
    }

    private void report(TaskRecord task) {
        if (task.state() != ExecutionState.DEPLOYING && task.state() != ExecutionState.CANCELING) {
            session.send(
                    new FromTaskManager.SubtaskStateChanged(task.deployment().id(), task.state(), task.failure()));
        }
    }
}
