package io.millrace.jobmanager.control;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.output.ResultRelay;
import io.millrace.jobmanager.control.resource.ResourceManager;
import io.millrace.jobmanager.control.resource.TaskManagerLoss;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agent of the control plane: takes one event after another, lets dispatcher, resource manager and job masters
 * decide, and hands the commands that follow to whoever executes them. All state of the control plane belongs to the
 * thread that steps it.
 */
public final class ControlPlane implements Agent {
    private static final int EVENTS_PER_STEP = 256;

    private final ControlSettings settings;
    private final Clock clock;
    private final Mailbox<Event> mailbox;
    private final Consumer<Command> commands;
    private final long startedAtEpochMs;
    private final ResourceManager resources;
    private final Dispatcher dispatcher;
    private final Gateway gateway;
    private final Savepoints savepoints;
    private final Published<ControlGauges> gauges = new Published<>(ControlGauges.NONE);

    private long lastStepNanos = Long.MIN_VALUE;

    /**
     * @param mailbox what is posted here is handled in order
     * @param commands executes commands in order on the thread that steps this agent, without blocking
     */
    public ControlPlane(
            ControlSettings settings,
            ControlServices services,
            Clock clock,
            Mailbox<Event> mailbox,
            Consumer<Command> commands) {
        this.settings = settings;
        this.clock = clock;
        this.mailbox = mailbox;
        this.commands = commands;
        this.startedAtEpochMs = clock.epochMillis();
        this.resources = new ResourceManager(settings);
        this.dispatcher = new Dispatcher(settings, services, resources);
        this.savepoints = new Savepoints(dispatcher, services);
        this.gateway = new Gateway(settings, resources, dispatcher);
    }

    @Override
    public String name() {
        return "control";
    }

    @Override
    public int step(long nowNanos) {
        forgivePause(nowNanos);
        int handled = 0;
        for (Event event = mailbox.poll(); event != null; event = mailbox.poll()) {
            on(event, new Moment(nowNanos, clock.epochMillis())).forEach(commands);
            if (++handled == EVENTS_PER_STEP) {
                break;
            }
        }
        Moment now = new Moment(nowNanos, clock.epochMillis());
        if (now.reached(nextDeadlineNanos())) {
            onTime(now).forEach(commands);
            handled++;
        }
        if (handled > 0) {
            gauges.publish(readGauges());
        }
        return handled;
    }

    @Override
    public long nextDeadlineNanos() {
        return Math.min(resources.nextDeadlineNanos(), dispatcher.nextDeadlineNanos());
    }

    /** The latest numbers; readable by any thread. */
    public Published<ControlGauges> gauges() {
        return gauges;
    }

    /**
     * Takes over the jobs of earlier leaders. Called once, before the first step, by the thread that makes this agent.
     *
     * @param logged as the metadata log has them
     */
    public void recover(List<LoggedJob> logged, long nowNanos) {
        Moment now = new Moment(nowNanos, clock.epochMillis());
        Outbox out = new Outbox(resources);
        dispatcher.recover(logged, now, out);
        dispatcher.settle(now, out);
        out.commands().forEach(commands);
    }

    /** Decides what follows from one event. */
    List<Command> on(Event event, Moment now) {
        Outbox out = new Outbox(resources);
        event.dispatch(new Turn(now, out));
        dispatcher.settle(now, out);
        return out.commands();
    }

    /** Decides what follows from the passing of time. */
    List<Command> onTime(Moment now) {
        Outbox out = new Outbox(resources);
        for (TaskManagerLoss loss : resources.onTime(now, out)) {
            gateway.onLoss(loss, now, out);
        }
        dispatcher.onTime(now, out);
        dispatcher.settle(now, out);
        return out.commands();
    }

    ResourceManager resources() {
        return resources;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /**
     * A host steps this agent several times per heartbeat. If it did not, the process stood still: heartbeats wait
     * unread, and counting that time against the TaskManagers would declare them all dead.
     */
    private void forgivePause(long nowNanos) {
        long gap = lastStepNanos == Long.MIN_VALUE ? 0 : nowNanos - lastStepNanos;
        if (gap > settings.timing().heartbeatIntervalNanos()) {
            resources.forgive(gap);
        }
        lastStepNanos = nowNanos;
    }

    private ControlGauges readGauges() {
        return new ControlGauges(
                resources.count(),
                resources.slotsTotal(),
                resources.slotsFree(),
                dispatcher.liveJobs(),
                dispatcher.liveJobs(JobStatus.RUNNING),
                dispatcher.liveJobs(JobStatus.WAITING_FOR_SLOTS),
                gateway.heartbeats(),
                gateway.fenced(),
                gateway.taskManagersLost());
    }

    /** One event's handling: which owner it goes to. */
    private final class Turn implements Event.Handler {
        private final Moment now;
        private final Outbox out;

        Turn(Moment now, Outbox out) {
            this.now = now;
            this.out = out;
        }

        @Override
        public void on(Event.FromSession event) {
            gateway.onMessage(event, now, out);
            out.handled(event.session());
        }

        @Override
        public void on(Event.Malformed event) {
            gateway.onMalformed(event, now, out);
        }

        @Override
        public void on(Event.SessionClosed event) {
            resources
                    .onSessionClosed(event.session(), event.reason(), now, out)
                    .ifPresent(loss -> gateway.onLoss(loss, now, out));
            out.close(event.session());
        }

        @Override
        public void on(Event.Submit event) {
            dispatcher.onSubmit(event, now, out);
        }

        @Override
        public void on(Event.ListJobs event) {
            out.answer(event.replyTo(), dispatcher.list());
        }

        @Override
        public void on(Event.GetJob event) {
            dispatcher.onGetJob(event, out);
        }

        @Override
        public void on(Event.CancelJob event) {
            dispatcher.onCancel(event, now, out);
        }

        @Override
        public void on(Event.GetClusterStatus event) {
            out.answer(
                    event.replyTo(),
                    new ClusterStatus(
                            settings.epoch(),
                            settings.clusterId(),
                            settings.version(),
                            startedAtEpochMs,
                            resources.details(now),
                            dispatcher.liveJobs()));
        }

        @Override
        public void on(Event.FollowOutput event) {
            dispatcher.onFollowOutput(event, out);
        }

        @Override
        public void on(Event.OutputReady event) {
            touched(event.job())
                    .ifPresentOrElse(
                            job -> job.output().ready(event.follower()),
                            () -> out.answer(event.follower()::refused, Dispatcher.noSuchJob(event.job())));
        }

        @Override
        public void on(Event.OutputGone event) {
            touched(event.job()).ifPresent(job -> job.output().gone(event.follower()));
        }

        @Override
        public void on(Event.FollowResults event) {
            dispatcher.onFollowResults(event, out);
        }

        @Override
        public void on(Event.ResultsReady event) {
            relay(event.job(), event.operator())
                    .ifPresentOrElse(
                            relay -> relay.ready(event.follower()),
                            () -> out.answer(event.follower()::refused, Dispatcher.noSuchJob(event.job())));
        }

        @Override
        public void on(Event.ResultsConsumed event) {
            relay(event.job(), event.operator())
                    .ifPresent(relay -> relay.consumed(event.follower(), event.subtask(), event.nextSequence(), out));
        }

        @Override
        public void on(Event.ResultsGone event) {
            relay(event.job(), event.operator()).ifPresent(relay -> relay.gone(event.follower()));
        }

        @Override
        public void on(Event.ListCheckpoints event) {
            dispatcher.onListCheckpoints(event, out);
        }

        @Override
        public void on(Event.TakeSavepoint event) {
            savepoints.onRequest(event, now, out);
        }

        @Override
        public void on(Event.Appended event) {
            dispatcher.onAppended(event.entry(), now, out);
        }

        @Override
        public void on(Event.AppendFailed event) {
            dispatcher.onAppendFailed(event, now, out);
        }

        @Override
        public void on(Event.OfCheckpoint event) {
            dispatcher.on(event.event(), now, out);
        }

        private Optional<TrackedJob> touched(JobId id) {
            Optional<TrackedJob> job = dispatcher.find(id);
            job.ifPresent(dispatcher::touch);
            return job;
        }

        private Optional<ResultRelay> relay(JobId id, int operator) {
            return touched(id).filter(job -> job.hasOperator(operator)).map(job -> job.relay(operator));
        }
    }
}
