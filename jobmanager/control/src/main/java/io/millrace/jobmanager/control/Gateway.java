package io.millrace.jobmanager.control;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.Register;
import io.millrace.common.graph.gateway.FromTaskManager.ResultBatch;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.Session;
import io.millrace.jobmanager.control.job.JobMaster;
import io.millrace.jobmanager.control.resource.ResourceManager;
import io.millrace.jobmanager.control.resource.TaskManagerLoss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts what TaskManagers say: fences other epochs, finds the job that a report belongs to, and has tasks cancelled
 * that belong to none. Belongs to the control agent.
 */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final ControlSettings settings;
    private final ResourceManager resources;
    private final Dispatcher dispatcher;

    private long heartbeats;
    private long fenced;
    private long taskManagersLost;

    Gateway(ControlSettings settings, ResourceManager resources, Dispatcher dispatcher) {
        this.settings = settings;
        this.resources = resources;
        this.dispatcher = dispatcher;
    }

    void onMessage(Event.FromSession event, Moment now, Outbox out) {
        if (event.message() instanceof Register register) {
            onRegister(event, register, now, out);
            return;
        }
        if (!event.epoch().equals(settings.epoch())) {
            fenced++;
            out.toSession(event.session(), new ToTaskManager.Fenced(settings.epoch()));
            return;
        }
        // A stream that was closed or replaced may still have messages on their way here; they are void.
        resources.taskManagerOf(event.session()).ifPresent(taskManager -> event.message()
                .dispatch(new Message(taskManager, event.session(), now, out)));
    }

    /** Nothing on this stream can be trusted any more; a sound TaskManager opens another. */
    void onMalformed(Event.Malformed event, Moment now, Outbox out) {
        LOG.warn(
                "event=malformed code={} what=\"{}\"",
                event.problem().code(),
                event.problem().what());
        out.toSession(event.session(), new ToTaskManager.Refused(event.problem(), false));
        out.close(event.session());
        resources
                .onSessionClosed(event.session(), event.problem().what(), now, out)
                .ifPresent(loss -> onLoss(loss, now, out));
    }

    void onLoss(TaskManagerLoss loss, Moment now, Outbox out) {
        taskManagersLost++;
        dispatcher.touchAll().forEach(master -> master.onTaskManagerLost(loss, now, out));
        dispatcher.lost().onTaskManagerLost(loss.taskManager().taskManager());
    }

    long heartbeats() {
        return heartbeats;
    }

    long fenced() {
        return fenced;
    }

    long taskManagersLost() {
        return taskManagersLost;
    }

    private void onRegister(Event.FromSession event, Register register, Moment now, Outbox out) {
        Session session = event.session();
        if (settings.epoch().isOlderThan(event.epoch())) {
            fenced++;
            Problem problem = Problem.of(
                            ControlError.STALE_LEADER,
                            "This JobManager has epoch " + settings.epoch().number() + ", TaskManager '"
                                    + register.address().taskManager() + "' has seen epoch "
                                    + event.epoch().number())
                    .because("Another JobManager led this cluster later, or this one lost its data directory")
                    .fix("Let one JobManager lead a cluster; restart this one on the data directory it had");
            LOG.error(
                    "taskManager={} event=refused code=STALE_LEADER",
                    register.address().taskManager());
            out.toSession(session, new ToTaskManager.Refused(problem, false));
            out.close(session);
            return;
        }
        Optional<TaskManagerLoss> replaced = resources.onRegister(session, register, now, out);
        replaced.ifPresent(loss -> onLoss(loss, now, out));
        if (resources.taskManagerOf(session).isPresent()) {
            takeReports(register, now, out);
        }
    }

    private void takeReports(Register register, Moment now, Outbox out) {
        PeerAddress taskManager = register.address();
        resources.clearForeign(taskManager);
        Map<JobId, Map<SubtaskId, TaskReport>> owned = new HashMap<>();
        for (TaskReport report : register.tasks()) {
            JobId job = report.subtask().job();
            if (owns(job, report.subtask(), taskManager)) {
                owned.computeIfAbsent(job, key -> new HashMap<>()).put(report.subtask(), report);
            } else {
                takeForeign(taskManager, report, now, out);
            }
        }
        for (JobMaster master : dispatcher.touchAll()) {
            master.onTasksReported(taskManager, owned.getOrDefault(master.id(), Map.of()), now, out);
        }
    }

    private void takeForeign(PeerAddress taskManager, TaskReport report, Moment now, Outbox out) {
        SubtaskId subtask = report.subtask();
        if (dispatcher.find(subtask.job()).isEmpty()) {
            if (!dispatcher.lost().contains(subtask.job())) {
                LOG.warn(
                        "job={} name=\"{}\" event=lost taskManager={}",
                        subtask.job(),
                        report.jobName(),
                        taskManager.taskManager());
            }
            dispatcher.lost().add(taskManager.taskManager(), report, now);
        }
        if (report.state().isTerminal()) {
            out.toTaskManager(taskManager, new ToTaskManager.Forget(List.of(subtask)));
        } else {
            resources.holdForeign(taskManager, subtask, report.slot());
            out.toTaskManager(taskManager, new ToTaskManager.Cancel(List.of(subtask)));
        }
    }

    private boolean owns(JobId job, SubtaskId subtask, PeerAddress taskManager) {
        return dispatcher
                .find(job)
                .flatMap(TrackedJob::master)
                .filter(master -> master.owns(subtask, taskManager))
                .isPresent();
    }

    /** One message of a registered TaskManager. */
    private final class Message implements FromTaskManager.Handler {
        private final PeerAddress taskManager;
        private final Session session;
        private final Moment now;
        private final Outbox out;

        Message(PeerAddress taskManager, Session session, Moment now, Outbox out) {
            this.taskManager = taskManager;
            this.session = session;
            this.now = now;
            this.out = out;
        }

        @Override
        public void on(Register message) {
            throw new IllegalStateException("Invariant broken: registrations are handled before");
        }

        @Override
        public void on(FromTaskManager.Heartbeat message) {
            heartbeats++;
            resources.onHeartbeat(session, message.sequence(), now, out);
            message.tasks().forEach(progress -> dispatcher
                    .find(progress.subtask().job())
                    .flatMap(TrackedJob::master)
                    .ifPresent(master -> master.onProgress(progress)));
        }

        @Override
        public void on(SubtaskStateChanged message) {
            SubtaskId subtask = message.subtask();
            if (owns(subtask.job(), subtask, taskManager)) {
                dispatcher.touchMaster(subtask.job()).orElseThrow().onStateChanged(message, now, out);
                return;
            }
            dispatcher.lost().onStateChanged(subtask, message.state());
            if (message.state().isTerminal()) {
                resources.releaseForeign(taskManager, subtask);
                out.toTaskManager(taskManager, new ToTaskManager.Forget(List.of(subtask)));
            } else {
                out.toTaskManager(taskManager, new ToTaskManager.Cancel(List.of(subtask)));
            }
        }

        @Override
        public void on(FromTaskManager.SubtaskEnded message) {
            SubtaskId subtask = message.subtask();
            if (owns(subtask.job(), subtask, taskManager)) {
                dispatcher.touchMaster(subtask.job()).orElseThrow().onEnded(subtask, now, out);
            }
        }

        @Override
        public void on(FromTaskManager.OutputLines message) {
            dispatcher.find(message.subtask().job()).ifPresent(job -> {
                job.output().append(message);
                dispatcher.touch(job);
            });
        }

        @Override
        public void on(ResultBatch message) {
            Optional<TrackedJob> job = dispatcher.find(message.subtask().job());
            if (job.isEmpty() || !job.get().hasOperator(message.operator())) {
                return;
            }
            Optional<Problem> violation = job.get().relay(message.operator()).accept(message, taskManager, out);
            violation.ifPresent(
                    problem -> dispatcher.failJob(job.get().id(), Failure.ofJob(problem, now.epochMs()), now, out));
            dispatcher.touch(job.get());
        }

        @Override
        public void on(FromTaskManager.Leaving message) {
            resources.onLeaving(session, message.reason(), out).ifPresent(loss -> onLoss(loss, now, out));
        }

        @Override
        public void on(FromTaskManager.Fenced message) {
            fenced++;
            LOG.error(
                    "taskManager={} event=fenced newerEpoch={}",
                    taskManager.taskManager(),
                    message.current().number());
            out.close(session);
        }

        @Override
        public void on(FromTaskManager.CheckpointAcknowledged message) {
            dispatcher
                    .touchMaster(message.job())
                    .ifPresentOrElse(
                            master -> master.onCheckpoints(
                                    checkpoints -> checkpoints.onAcknowledged(taskManager, message, now, out),
                                    now,
                                    out),
                            () -> dropped(message.job(), message.checkpoint()));
        }

        @Override
        public void on(FromTaskManager.CheckpointDeclined message) {
            dispatcher
                    .touchMaster(message.job())
                    .ifPresentOrElse(
                            master -> master.onCheckpoints(
                                    checkpoints -> checkpoints.onDeclined(taskManager, message, now, out), now, out),
                            () -> dropped(message.job(), message.checkpoint()));
        }

        private void dropped(JobId job, long checkpoint) {
            LOG.info(
                    "job={} checkpoint={} event=answer-dropped taskManager={} reason=job-not-live",
                    job,
                    checkpoint,
                    taskManager.taskManager());
        }
    }
}
