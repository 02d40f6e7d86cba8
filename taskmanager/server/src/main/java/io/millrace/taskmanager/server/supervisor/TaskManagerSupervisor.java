package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.server.checkpoint.Barriers;
import io.millrace.taskmanager.server.checkpoint.CheckpointAgent;
import io.millrace.taskmanager.server.checkpoint.SegmentStore;
import io.millrace.taskmanager.server.output.OutputOutbox;
import java.util.function.Consumer;
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
    private final OutputOutbox outbox;
    private final CheckpointAgent checkpoints;
    private final SupervisedTasks tasks;
    private final Consumer<Problem> onEnd;
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
        this.outbox = outbox;
        this.checkpoints =
                new CheckpointAgent(collaborators.barriers(), collaborators.segments(), clock, session::send);
        this.tasks = new SupervisedTasks(
                session,
                collaborators,
                outbox,
                checkpoints,
                new TaskFailures(settings.address().taskManager().name(), clock));
        this.onEnd = onEnd;
    }

    /** What the supervisor acts through. */
    public record Collaborators(
            ControlLink link, TaskRunner runner, JobLibraries libraries, Barriers barriers, SegmentStore segments) {}

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
            session.send(new FromTaskManager.Heartbeat(heartbeat, tasks.progress()));
            return 1;
        }
        if (!orphansCancelled && nowNanos - session.connectedUntilNanos(nowNanos) > settings.orphanTimeoutNanos()) {
            orphansCancelled = true;
            LOG.warn("event=orphans-cancelled tasks={} reason=no-jobmanager", tasks.size());
            tasks.cancelAll();
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
            tasks.onLibrariesReady(ready.subtask(), ready.userCode());
        } else if (event instanceof SupervisorEvent.LibrariesFailed failed) {
            tasks.onLibrariesFailed(failed.subtask(), failed.problem());
        } else if (event instanceof SupervisorEvent.TaskStateChanged changed) {
            tasks.onTaskState(changed);
        } else if (event instanceof SupervisorEvent.TaskEnded ended) {
            if (session.state() == LinkState.REGISTERED) {
                session.send(new FromTaskManager.SubtaskEnded(ended.subtask()));
            }
        } else if (event instanceof SupervisorEvent.OfCheckpoint news) {
            checkpoints.on(news.event());
        }
    }

    private FromTaskManager.Register register() {
        return new FromTaskManager.Register(
                FromTaskManager.PROTOCOL_VERSION,
                settings.clusterId(),
                settings.address(),
                settings.slots(),
                settings.version(),
                tasks.reports());
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
            command(() -> tasks.onDeploy(message.deployment()));
        }

        @Override
        public void on(ToTaskManager.Start message) {
            command(() -> message.subtasks().forEach(tasks::start));
        }

        @Override
        public void on(ToTaskManager.Cancel message) {
            command(() -> message.subtasks().forEach(tasks::onCancel));
        }

        @Override
        public void on(ToTaskManager.Forget message) {
            command(() -> message.subtasks().forEach(tasks::forget));
        }

        @Override
        public void on(ToTaskManager.ResultAck message) {
            command(() -> tasks.onResultAck(message));
        }

        @Override
        public void on(ToTaskManager.TriggerCheckpoint message) {
            command(() -> checkpoints.onTrigger(message));
        }

        @Override
        public void on(ToTaskManager.CheckpointCompleted message) {
            command(() -> checkpoints.onCompleted(message));
        }

        @Override
        public void on(ToTaskManager.CheckpointAborted message) {
            command(() -> checkpoints.onAborted(message));
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
}
