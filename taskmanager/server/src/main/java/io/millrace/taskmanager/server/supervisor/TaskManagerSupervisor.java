package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.server.output.OutputOutbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TaskManager's registration and tasks. It obeys the newest leader it has seen, reports levels rather than edges,
 * and lets tasks go on while there is no leader. It decides only; links, jars and slots are handed in.
 */
public final class TaskManagerSupervisor implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(TaskManagerSupervisor.class);
    private static final int EVENTS_PER_STEP = 256;

    private final SupervisorSettings settings;
    private final Clock clock;
    private final Mailbox<SupervisorEvent> events;
    private final LinkSession session;
    private final TaskRunner runner;
    private final JobLibraries libraries;
    private final OutputOutbox outbox;
    private final TaskFailures failures;
    private final Consumer<Problem> onEnd;
    private final Map<SubtaskId, TaskRecord> tasks = new LinkedHashMap<>();
    private boolean orphansCancelled;

    /**
     * @param events what is posted to it
     * @param outbox printed lines and results that wait to be sent
     * @param onEnd told once when the process is to end: refused for good, or replaced
     */
    public TaskManagerSupervisor(
            SupervisorSettings settings,
            Clock clock,
            Mailbox<SupervisorEvent> events,
            Collaborators collaborators,
            OutputOutbox outbox,
            Consumer<Problem> onEnd) {
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.session = new LinkSession(collaborators.link(), settings, clock.nanoTime());
        this.runner = collaborators.runner();
        this.libraries = collaborators.libraries();
        this.outbox = outbox;
        this.failures = new TaskFailures(settings.address().taskManager().name(), clock);
        this.onEnd = onEnd;
    }

    /** What the supervisor acts through. */
    public record Collaborators(ControlLink link, TaskRunner runner, JobLibraries libraries) {}

    @Override
    public String name() {
        return "supervisor";
    }

    @Override
    public int step(long nowNanos) {
        int work = session.openIfDue(nowNanos) ? 1 : 0;
        for (int i = 0; i < EVENTS_PER_STEP; i++) {
            SupervisorEvent event = events.poll();
            if (event == null) {
                break;
            }
            on(event, nowNanos);
            work++;
        }
        work += outbox.drainTo(session::send, session.state() == LinkState.REGISTERED);
        work += onTime(nowNanos);
        session.publish();
        return work;
    }

    @Override
    public long nextDeadlineNanos() {
        long orphanDeadline = tasks.isEmpty() || orphansCancelled || session.state() == LinkState.REGISTERED
                ? Long.MAX_VALUE
                : session.connectedUntilNanos(clock.nanoTime()) + settings.orphanTimeoutNanos() + 1;
        return Math.min(orphanDeadline, session.nextDeadlineNanos());
    }

    /** How it stands with the JobManager. Any thread. */
    public LinkStatistics linkStatistics() {
        return session.statistics();
    }

    /** Says goodbye, so that the JobManager need not wait whether this TaskManager comes back. */
    @Override
    public void onClose() {
        session.leave("the process is ending");
        session.publish();
    }

    private int onTime(long nowNanos) {
        if (session.isSilentTooLong(nowNanos)) {
            LOG.warn("event=jobmanager-silent epoch={}", session.epoch().number());
            session.lost(nowNanos);
            return 1;
        }
        long heartbeat = session.heartbeatDue(nowNanos);
        if (heartbeat >= 0) {
            session.send(new FromTaskManager.Heartbeat(heartbeat, runner.progress()));
            return 1;
        }
        if (!orphansCancelled && nowNanos - session.connectedUntilNanos(nowNanos) > settings.orphanTimeoutNanos()) {
            orphansCancelled = true;
            LOG.warn("event=orphans-cancelled tasks={} reason=no-jobmanager", tasks.size());
            new ArrayList<>(tasks.keySet()).forEach(this::cancel);
            return 1;
        }
        return 0;
    }

    private void on(SupervisorEvent event, long nowNanos) {
        if (event instanceof SupervisorEvent.LinkOpened opened) {
            if (session.isCurrent(opened.attempt())) {
                session.register(register());
            }
        } else if (event instanceof SupervisorEvent.LinkClosed closed) {
            if (session.isCurrent(closed.attempt())) {
                LOG.info("event=jobmanager-disconnected why={}", closed.why());
                session.lost(nowNanos);
            }
        } else if (event instanceof SupervisorEvent.Received received) {
            if (session.isCurrent(received.attempt())) {
                session.heard(nowNanos);
                received.message().dispatch(new LeaderMessages(received.epoch(), nowNanos));
            }
        } else if (event instanceof SupervisorEvent.LibrariesReady ready) {
            onLibrariesReady(ready.subtask(), ready.userCode());
        } else if (event instanceof SupervisorEvent.LibrariesFailed failed) {
            onLibrariesFailed(failed.subtask(), failed.problem());
        } else if (event instanceof SupervisorEvent.TaskStateChanged changed) {
            onTaskState(changed);
        }
    }

    private FromTaskManager.Register register() {
        List<TaskReport> reports =
                tasks.values().stream().map(TaskRecord::report).toList();
        return new FromTaskManager.Register(
                FromTaskManager.PROTOCOL_VERSION,
                settings.clusterId(),
                settings.address(),
                settings.slots(),
                settings.version(),
                reports);
    }

    /**
     * Messages of the JobManager: those that make a session come from any epoch, commands only from the current one.
     */
    private final class LeaderMessages implements ToTaskManager.Handler {
        private final Epoch epoch;
        private final long nowNanos;

        LeaderMessages(Epoch epoch, long nowNanos) {
            this.epoch = epoch;
            this.nowNanos = nowNanos;
        }

        private void command(Runnable command) {
            if (epoch.equals(session.epoch()) && session.state() == LinkState.REGISTERED) {
                command.run();
            } else {
                session.send(new FromTaskManager.Fenced(session.epoch()));
            }
        }

        @Override
        public void on(ToTaskManager.Registered message) {
            if (epoch.isOlderThan(session.epoch())) {
                session.lost(nowNanos);
                return;
            }
            session.registered(epoch, message, nowNanos);
            orphansCancelled = false;
            outbox.onRegistered(message.resultWindow());
            LOG.info("event=registered epoch={} cluster={}", epoch.number(), message.clusterId());
        }

        @Override
        public void on(ToTaskManager.Refused message) {
            LOG.warn("event=registration-refused permanent={} problem={}", message.permanent(), message.problem());
            if (message.permanent()) {
                session.end();
                onEnd.accept(message.problem());
            } else {
                session.lost(nowNanos);
            }
        }

        @Override
        public void on(ToTaskManager.HeartbeatAck message) {
            // That it arrived is all it says; the session has noted the time.
        }

        @Override
        public void on(ToTaskManager.Deploy message) {
            command(() -> onDeploy(message.deployment()));
        }

        @Override
        public void on(ToTaskManager.Start message) {
            command(() -> message.subtasks().forEach(TaskManagerSupervisor.this::start));
        }

        @Override
        public void on(ToTaskManager.Cancel message) {
            command(() -> message.subtasks().forEach(TaskManagerSupervisor.this::onCancel));
        }

        @Override
        public void on(ToTaskManager.Forget message) {
            command(() -> message.subtasks().forEach(TaskManagerSupervisor.this::forget));
        }

        @Override
        public void on(ToTaskManager.ResultAck message) {
            command(() -> onResultAck(message));
        }

        @Override
        public void on(ToTaskManager.TriggerCheckpoint message) {
            command(() -> Checkpoints.answer(message, tasks.keySet()).ifPresent(session::send));
        }

        @Override
        public void on(ToTaskManager.CheckpointCompleted message) {
            command(() -> Checkpoints.ignore(message.job(), message.checkpoint(), "completed"));
        }

        @Override
        public void on(ToTaskManager.CheckpointAborted message) {
            command(() -> Checkpoints.ignore(message.job(), message.checkpoint(), "aborted"));
        }

        @Override
        public void on(ToTaskManager.Fenced message) {
            session.lost(nowNanos);
        }

        @Override
        public void on(ToTaskManager.Shutdown message) {
            session.end();
            onEnd.accept(Problem.of(SupervisorErrors.REPLACED, "This TaskManager was told to end")
                    .because(message.reason())
                    .fix("Give each TaskManager of a cluster its own taskmanager.id"));
        }
    }

    private void onDeploy(SubtaskDeployment deployment) {
        TaskRecord known = tasks.get(deployment.id());
        if (known != null) {
            report(known);
            return;
        }
        TaskRecord task = new TaskRecord(deployment);
        tasks.put(deployment.id(), task);
        LOG.info("event=deploy {}", task.describe());
        libraries.acquire(deployment.id().job(), deployment.id(), deployment.jars());
    }

    private void onLibrariesReady(SubtaskId subtask, ClassLoader userCode) {
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

    private void onLibrariesFailed(SubtaskId subtask, Problem problem) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && !task.state().isTerminal()) {
            end(task, ExecutionState.FAILED, failures.of(task.deployment(), problem));
        }
    }

    private void start(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && task.state() == ExecutionState.INITIALIZING && task.markStarted()) {
            runner.start(subtask);
        }
    }

    private void onCancel(SubtaskId subtask) {
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

    private void forget(SubtaskId subtask) {
        TaskRecord task = tasks.get(subtask);
        if (task != null && task.state().isTerminal()) {
            tasks.remove(subtask);
            outbox.forget(subtask);
        }
    }

    private void onTaskState(SupervisorEvent.TaskStateChanged news) {
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
        }
    }

    private void onResultAck(ToTaskManager.ResultAck ack) {
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
    }

    private void report(TaskRecord task) {
        if (task.state() != ExecutionState.DEPLOYING && task.state() != ExecutionState.CANCELING) {
            session.send(
                    new FromTaskManager.SubtaskStateChanged(task.deployment().id(), task.state(), task.failure()));
        }
    }
}
