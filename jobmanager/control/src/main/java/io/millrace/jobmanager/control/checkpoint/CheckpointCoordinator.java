package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.checkpoint.PendingCheckpoint.Phase;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the checkpoints of one job: triggers them, collects one answer per TaskManager, has manifest and pointer made
 * durable, tells those who took part, and has deleted what nothing needs. Belongs to the control agent; it decides
 * only, and every method puts what must be sent or stored into the outbox.
 *
 * <p>The one rule: a checkpoint is complete when its pointer is in the metadata log, and nothing that a complete or
 * undecided checkpoint names is ever deleted.
 */
public final class CheckpointCoordinator {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCoordinator.class);

    private final CheckpointJob job;
    private final CheckpointSettings settings;
    private final Supplier<OptionalLong> ids;
    private final Leftovers leftovers;
    private final CheckpointHistory history;
    private final TriggerSchedule schedule;
    private final FailureTolerance tolerance;
    private final PendingCheckpoints pendings;
    private final CheckpointCommits commits;
    private final Answers answers;

    private long lastId;
    private @Nullable RunningTasks running;

    /**
     * What is handed in.
     *
     * @param store does the I/O
     * @param ids a durable counter over the whole life of the job: rising, with gaps, nothing given out twice; empty
     *     while none may be used, which it is not when a coordinator is made
     * @param nonces random numbers for headers of manifests
     */
    public record Sources(CheckpointStore store, Supplier<OptionalLong> ids, LongSupplier nonces) {}

    /** @param recovered complete checkpoints and savepoints according to the metadata log */
    public CheckpointCoordinator(
            CheckpointJob job,
            CheckpointSettings settings,
            Sources sources,
            List<CompletedCheckpoint> recovered,
            Moment now) {
        this.job = job;
        this.settings = settings;
        this.ids = sources.ids();
        long firstOwn = ids.get().orElseThrow();
        this.lastId = firstOwn;
        SharedFiles files = new SharedFiles();
        this.leftovers = new Leftovers(job.id(), sources.store(), files, settings.timing());
        this.history = new CheckpointHistory(
                job, settings.limits().history(), settings.timing().intervalMs());
        this.schedule = new TriggerSchedule(settings);
        this.tolerance = new FailureTolerance(settings.limits().tolerableFailures());
        this.pendings = new PendingCheckpoints(job, files, leftovers, history, schedule, tolerance);
        this.commits = new CheckpointCommits(job, settings, sources, files, leftovers, pendings);
        AcknowledgementRules rules = new AcknowledgementRules(job, files);
        this.answers = new Answers(rules, pendings, commits, leftovers, history, firstOwn);
        recovered.forEach(commits::recover);
        commits.latest()
                .ifPresent(latest -> Check.invariant(
                        latest.id() < firstOwn, "checkpoint " + latest.id() + " is beyond the counter"));
        leftovers.suspectFormer(firstOwn, now);
    }

    /** All tasks of a new run are running. */
    public void onRunning(RunningTasks tasks, Moment now) {
        int run = tasks.run();
        Check.invariant(running == null || running.run() < run, "run " + run + " of job " + job.id() + " runs twice");
        Check.invariant(pendings.open().isEmpty(), "checkpoints of a run before run " + run + " are open");
        running = tasks;
        tolerance.reset();
        schedule.start(now);
    }

    /** The tasks of the run are ended, or are being ended. */
    public void onRunEnded(String reason, Moment now, Outbox out) {
        running = null;
        schedule.stop();
        giveUp(pendings.open(), "The job's tasks ended: " + reason, now, out);
        leftovers.runEnded(now);
        leftovers.send(commits::retained, now, out);
    }

    /** A task has done all its work. It takes no part in checkpoints that are triggered from now on. */
    public void onTaskFinished(SubtaskId subtask) {
        if (running != null) {
            running.finished(subtask);
        }
    }

    /** A task waits for a checkpoint to finish with. When all do, the next one comes at once. */
    public void onTaskEnded(SubtaskId subtask) {
        if (running != null && running.ended(subtask)) {
            schedule.hurry();
        }
    }

    /** A process is gone. With unfinished tasks it ends the run; else only what still waited for its answer. */
    public void onTaskManagerLost(PeerAddress taskManager, Moment now, Outbox out) {
        String reason = "TaskManager '" + taskManager.taskManager() + "' was lost";
        if (running != null && running.has(taskManager)) {
            onRunEnded(reason, now, out);
        }
        List<PendingCheckpoint> waiting = pendings.open().stream()
                .filter(pending -> pending.awaits(taskManager))
                .toList();
        giveUp(waiting, reason, now, out);
        leftovers.taskManagerLost(taskManager, now);
        leftovers.send(commits::retained, now, out);
    }

    /** A TaskManager registered again: what was sent meanwhile is repeated. */
    public void onTaskManagerConnected(PeerAddress taskManager, Moment now, Outbox out) {
        if (running != null && running.has(taskManager)) {
            commits.newestOf(running.run()).ifPresent(message -> out.toTaskManager(taskManager, message));
        }
        List<CheckpointPointer> aborted = new ArrayList<>(leftovers.connected(taskManager, now));
        // Its tasks wait for the word, although they have answered.
        pendings.abortedStop(taskManager)
                .filter(stop -> !aborted.contains(stop))
                .ifPresent(aborted::add);
        for (CheckpointPointer pointer : aborted) {
            out.toTaskManager(
                    taskManager,
                    new CheckpointAborted(job.id(), pointer.run(), pointer.checkpoint(), "It was given up before"));
        }
        for (PendingCheckpoint pending : pendings.in(Phase.COLLECTING)) {
            if (pending.awaits(taskManager)) {
                out.toTaskManager(taskManager, triggerOf(pending));
            }
        }
    }

    /** A TaskManager's tasks have their snapshots in the storage. */
    public void onAcknowledged(PeerAddress from, CheckpointAcknowledged ack, Moment now, Outbox out) {
        RunningTasks tasks = running != null ? running : RunningTasks.none(ack.run());
        answers.acknowledged(from, ack, tasks, now, out);
        leftovers.send(commits::retained, now, out);
    }

    /** A TaskManager cannot do its share of a checkpoint. */
    public void onDeclined(PeerAddress from, CheckpointDeclined declined, Moment now, Outbox out) {
        answers.declined(from, declined, now, out);
        leftovers.send(commits::retained, now, out);
    }

    /** A user wants a savepoint; it is triggered at once, whatever else is under way. */
    public void onSavepointRequested(SavepointRequest request, Moment now, Outbox out) {
        if (running == null || running.isEmpty()) {
            refuse(request.replyTo(), CheckpointErrors.JOB_NOT_RUNNING, "Not all tasks of the job run", out);
        } else if (isStopping()) {
            refuse(request.replyTo(), CheckpointErrors.STOP_UNDER_WAY, "The job is being stopped", out);
        } else {
            trigger(request.kind(), request.target(), Optional.of(request.replyTo()), now, out);
        }
    }

    /** I/O that was asked for has ended. */
    public void on(CheckpointEvent event, Moment now, Outbox out) {
        event.dispatch(new StoreTurn(job.id(), commits, leftovers, now, out));
        leftovers.send(commits::retained, now, out);
    }

    public void onTime(Moment now, Outbox out) {
        for (PendingCheckpoint pending : pendings.open()) {
            if (now.reached(deadlineOf(pending))) {
                CheckpointCause cause = timeOut().cause(pending);
                pendings.giveUp(pending, cause, true, now, out);
            }
        }
        commits.onTime(now, out);
        if (now.reached(triggerDueNanos())) {
            trigger(CheckpointKind.CHECKPOINT, "", Optional.empty(), now, out);
        }
        leftovers.send(commits::retained, now, out);
    }

    /** When {@link #onTime} has something to do; {@code Long.MAX_VALUE}: never. */
    public long nextDeadlineNanos() {
        long next = Math.min(triggerDueNanos(), leftovers.dueNanos());
        for (PendingCheckpoint pending : pendings.all()) {
            next = Math.min(next, pending.retryAtNanos());
            next = pending.isOpen() ? Math.min(next, deadlineOf(pending)) : next;
        }
        return next;
    }

    /** From which checkpoint the job must recover. Not to be asked while {@link #isRecording}. */
    public Optional<CompletedCheckpoint> latest() {
        return commits.latest();
    }

    /** The checkpoints that are kept, oldest first. */
    public List<CompletedCheckpoint> retained() {
        return commits.retained();
    }

    /** Whether a pointer is on its way to the log: what is the latest checkpoint is known only when it is there. */
    public boolean isRecording() {
        return !pendings.in(Phase.RECORDING).isEmpty();
    }

    /** Whether nothing is under way, and nothing that time would bring on but the next trigger. */
    public boolean isQuiet() {
        return pendings.isEmpty() && leftovers.dueNanos() == Long.MAX_VALUE;
    }

    /** Why the job has to fail: more checkpoints failed than it tolerates. Empty while it has not. */
    public Optional<Problem> verdict() {
        return tolerance.verdict();
    }

    public CheckpointHistory history() {
        return history;
    }

    private void trigger(
            CheckpointKind kind,
            String place,
            Optional<ReplyTo<Outcome<CheckpointPointer>>> replyTo,
            Moment now,
            Outbox out) {
        if (running == null) {
            return;
        }
        OptionalLong next = ids.get();
        if (next.isEmpty()) {
            LOG.warn("job={} event=not-triggered kind={} reason=metadata-log-behind", job.id(), kind);
            schedule.triggered(now);
            replyTo.ifPresent(to -> refuse(to, CheckpointErrors.METADATA_LOG_BEHIND, "No number is reserved", out));
            return;
        }
        long id = next.getAsLong();
        Check.invariant(id > lastId, "checkpoint " + id + " follows " + lastId);
        lastId = id;
        CheckpointPointer pointer = new CheckpointPointer(id, running.run(), kind, place);
        PendingCheckpoint pending = new PendingCheckpoint(pointer, now, running.participants(), replyTo);
        pendings.add(pending);
        if (kind == CheckpointKind.CHECKPOINT) {
            schedule.triggered(now);
        }
        LOG.debug("job={} checkpoint={} event=triggered kind={}", job.id(), id, kind);
        pending.participants().forEach(taskManager -> out.toTaskManager(taskManager, triggerOf(pending)));
    }

    private TimeOut timeOut() {
        Function<SubtaskId, Optional<TaskProgress>> progress =
                running == null ? subtask -> Optional.empty() : running::progressOf;
        return new TimeOut(job, history, progress, settings.timing().timeoutMs());
    }

    private void giveUp(List<PendingCheckpoint> some, String reason, Moment now, Outbox out) {
        Problem problem = Problem.of(CheckpointErrors.CHECKPOINT_RUN_ENDED, reason);
        some.forEach(pending -> pendings.giveUp(pending, new CheckpointCause(null, problem), false, now, out));
    }

    private TriggerCheckpoint triggerOf(PendingCheckpoint pending) {
        CheckpointPointer pointer = pending.pointer();
        String place = pointer.place().isEmpty() ? job.place() : pointer.place();
        return new TriggerCheckpoint(job.id(), pointer.run(), pointer.checkpoint(), pointer.kind(), place);
    }

    private static void refuse(
            ReplyTo<Outcome<CheckpointPointer>> replyTo, CheckpointErrors code, String what, Outbox out) {
        out.answer(replyTo, Outcome.failure(Problem.of(code, what).fix("Look at the job with 'millrace status JOB'")));
    }

    private boolean isStopping() {
        boolean stopped = commits.latest()
                .filter(latest -> latest.pointer().kind().stopsJob())
                .isPresent();
        return stopped || pendings.isStopping();
    }

    private long triggerDueNanos() {
        boolean able = running != null && !running.isEmpty() && !isStopping();
        return able ? schedule.dueNanos(pendings.periodic()) : Long.MAX_VALUE;
    }

    private long deadlineOf(PendingCheckpoint pending) {
        return pending.triggered().nanos() + settings.timing().timeoutNanos();
    }
}
