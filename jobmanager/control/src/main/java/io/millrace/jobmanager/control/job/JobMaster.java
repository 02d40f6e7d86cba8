package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.checkpoint.CheckpointCleanup;
import io.millrace.jobmanager.control.checkpoint.JobCheckpoints;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.resource.Slot;
import io.millrace.jobmanager.control.resource.TaskManagerLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads one job through its life: waits for its slots, has it run, has checkpoints taken, starts it again from the
 * latest one when a run fails, and brings it to an end. Belongs to the control agent; every method puts what must be
 * sent or stored into the outbox.
 *
 * <p>The one rule: what must survive this process is in the metadata log before anybody acts on it. So a job runs only
 * when its submission is there, each run only when its number is, and it has ended only when its end is.
 */
public final class JobMaster {
    private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);

    private final JobDefinition job;
    private final ControlServices services;
    private final SlotSharing sharing;
    private final JobCheckpoints checkpoints;
    private final JobEntries entries;
    private final Restart restart;
    private final JobEnding ending;
    private final FailureHistory failures = new FailureHistory();
    private final long slotDeadlineNanos;

    private JobRun run;
    private JobStatus status;
    private long statusSinceEpochMs;
    private boolean recorded;

    private JobMaster(
            JobDefinition job,
            ControlServices services,
            JobCheckpoints.Known known,
            int lastRun,
            JobStatus status,
            long slotDeadlineNanos) {
        this.job = job;
        this.services = services;
        this.sharing = new SlotSharing(job.graph());
        this.checkpoints = new JobCheckpoints(
                job.checkpointJob(), job.checkpointSettings(), services.storeOf(job.place()), services.nonces(), known);
        this.entries = new JobEntries(services.log());
        this.restart = new Restart(job, checkpoints, entries, sharing);
        this.ending = new JobEnding(job, checkpoints, entries, failures);
        this.run = new JobRun(job, lastRun, sharing, Optional.empty());
        this.status = status;
        this.statusSinceEpochMs = job.submittedAtEpochMs();
        this.slotDeadlineNanos = slotDeadlineNanos;
    }

    /**
     * A job that is submitted now.
     *
     * @param origin the manifest of the checkpoint that the job begins with, which has one
     * @param slotDeadlineNanos how long the job waits for its first slots before it fails
     */
    public static JobMaster submitted(
            JobDefinition job,
            Optional<CheckpointManifest> origin,
            ControlServices services,
            long slotDeadlineNanos,
            Moment now,
            Outbox out) {
        JobCheckpoints.Known known = JobCheckpoints.Known.of(job.entry());
        JobMaster master = new JobMaster(job, services, known, 1, JobStatus.CREATED, slotDeadlineNanos);
        LOG.info("job={} name=\"{}\" event=submitted", job.id(), job.graph().name());
        master.entries.append(job.entry(), out);
        master.checkpoints.begin(origin, now, out);
        master.run = master.restart.first();
        return master;
    }

    /** A job of an earlier leader that has not ended: it starts again as it does after a failure. */
    public static JobMaster recovered(LoggedJob logged, ControlServices services, Moment now, Outbox out) {
        JobDefinition job = JobDefinition.logged(logged);
        JobCheckpoints.Known known = JobCheckpoints.Known.of(logged);
        JobMaster master = new JobMaster(job, services, known, logged.run(), JobStatus.RESTARTING, Long.MAX_VALUE);
        master.recorded = true;
        master.statusSinceEpochMs = now.epochMs();
        master.run.cancel(out);
        master.restart.begin(master.run.number(), 0, now, out);
        master.checkpoints.begin(Optional.empty(), now, out);
        master.advance(now, out);
        return master;
    }

    public JobId id() {
        return job.id();
    }

    public JobGraph graph() {
        return job.graph();
    }

    public JobStatus status() {
        return status;
    }

    public int slotsNeeded() {
        return sharing.slotsNeeded();
    }

    /** Whether it has no slots that it could use and wants them. Those of an earlier run are to be taken back first. */
    public boolean wantsSlots() {
        return switch (status) {
            case CREATED, WAITING_FOR_SLOTS -> recorded;
            case RESTARTING -> restart.isReady();
            default -> false;
        };
    }

    /** When {@link #onTime} has something to do; {@code Long.MAX_VALUE}: never. */
    public long nextDeadlineNanos() {
        long next = Math.min(checkpoints.nextDeadlineNanos(), entries.nextDeadlineNanos());
        if (status == JobStatus.RESTARTING) {
            next = Math.min(next, restart.nextDeadlineNanos());
        }
        return isWaitingAtFirst() ? Math.min(next, slotDeadlineNanos) : next;
    }

    public void onSlotsMissing(Moment now) {
        if (status != JobStatus.WAITING_FOR_SLOTS) {
            enter(JobStatus.WAITING_FOR_SLOTS, now);
        }
    }

    /** The slots for the next run. */
    public void onSlotsAssigned(List<Slot> slots, Moment now, Outbox out) {
        Check.invariant(wantsSlots() && slots.size() == slotsNeeded(), "slots for job " + id() + " in " + status);
        run.deploy(slots, out);
        enter(JobStatus.DEPLOYING, now);
    }

    /** @param slotsFree for the message, if the job waited too long */
    public void onTime(int slotsFree, int slotsTotal, Moment now, Outbox out) {
        entries.onTime(now, out);
        checkpoints.onTime(now, out);
        restart.onTime(now);
        if (isWaitingAtFirst() && now.reached(slotDeadlineNanos)) {
            failForGood(Failure.ofJob(restart.noSlots(slotsFree, slotsTotal), now.epochMs()), now, out);
        }
        advance(now, out);
    }

    /** An entry of this job is durable in the metadata log. */
    public void onAppended(LogEntry entry, Moment now, Outbox out) {
        if (entry instanceof LogEntry.Submitted) {
            recorded = true;
        } else if (entry instanceof LogEntry.RunStarted started) {
            checkpoints.onIdsReserved(started.idsEnd(), now);
            restart.onRunLogged(started.run());
        } else if (entry instanceof LogEntry.IdsReserved reserved) {
            checkpoints.onIdsReserved(reserved.end(), now);
        } else if (entry instanceof LogEntry.Completed completed) {
            on(new CheckpointEvent.PointerRecorded(id(), completed.pointer().checkpoint()), now, out);
        } else if (entry instanceof LogEntry.Ended ended && ending.isAsked()) {
            enter(ended.status(), now);
        }
        advance(now, out);
    }

    /** An entry of this job may not be in the metadata log. */
    public void onAppendFailed(Event.AppendFailed event, Moment now, Outbox out) {
        if (event.entry() instanceof LogEntry.Completed completed) {
            long id = completed.pointer().checkpoint();
            on(new CheckpointEvent.PointerFailed(id(), id, event.problem(), event.outcomeKnown()), now, out);
        } else {
            entries.onFailed(event, now);
        }
    }

    /** I/O for the job's checkpoints has ended. */
    public void on(CheckpointEvent event, Moment now, Outbox out) {
        checkpoints.on(event, now, out);
        advance(now, out);
    }

    /** A message about its checkpoints, which {@code event} hands to them. */
    public void onCheckpoints(Consumer<JobCheckpoints> event, Moment now, Outbox out) {
        event.accept(checkpoints);
        advance(now, out);
    }

    /**
     * Whether this is the current attempt of one of its subtasks, on the TaskManager it was placed on, and not known to
     * have ended. A task of another attempt or run, or one that is given up, is nobody's and has to go.
     */
    public boolean owns(SubtaskId subtask, PeerAddress taskManager) {
        return run.owns(subtask, taskManager);
    }

    /** A TaskManager reports a state of a subtask that this job {@link #owns} there. */
    public void onStateChanged(SubtaskStateChanged change, Moment now, Outbox out) {
        run.onStateChanged(change, now, out);
        advance(now, out);
    }

    /**
     * A TaskManager registered again and lists its tasks of this job. What was lost with the stream between the two is
     * made good: states are taken over, commands are repeated.
     *
     * @param reports by subtask; only such that this job {@link #owns} there
     */
    public void onTasksReported(PeerAddress taskManager, Map<SubtaskId, TaskReport> reports, Moment now, Outbox out) {
        run.onTasksReported(taskManager, reports, now, out);
        advance(now, out);
        checkpoints.onTaskManagerConnected(taskManager, now, out);
    }

    /** A subtask that this job {@link #owns} there is done with its input and waits for a checkpoint. */
    public void onEnded(SubtaskId subtask, Moment now, Outbox out) {
        run.onEnded(subtask);
        advance(now, out);
    }

    public void onProgress(TaskProgress progress) {
        run.onProgress(progress);
    }

    /** A TaskManager is gone: so are the job's subtasks there, and with them the run. */
    public void onTaskManagerLost(TaskManagerLoss loss, Moment now, Outbox out) {
        run.onTaskManagerLost(loss, now);
        checkpoints.onTaskManagerLost(loss.taskManager(), now, out);
        advance(now, out);
    }

    /** A user wants the job cancelled. Nothing happens if it is ending already. */
    public void onCancel(Moment now, Outbox out) {
        if (status.canBecome(JobStatus.CANCELLING) && !ending.isDecided()) {
            enter(JobStatus.CANCELLING, now);
            endRun("The job was cancelled", now, out);
            advance(now, out);
        }
    }

    /** The job cannot go on, and starting it again would not help. */
    public void failForGood(Failure failure, Moment now, Outbox out) {
        if (status.canBecome(JobStatus.FAILING) && !ending.isDecided()) {
            failures.begin(failure);
            fail(failure.problem(), "nothing to be gained by a restart", now, out);
            advance(now, out);
        }
    }

    public JobSummary summary() {
        return picture().summary();
    }

    /** @param slotsFree in the cluster now */
    public JobDetails details(int slotsFree) {
        String waitsFor = status == JobStatus.RESTARTING ? restart.waitsFor(run) : "";
        return picture().details(slotsNeeded(), wantsSlots() ? slotsFree : 0, waitsFor);
    }

    /** Its checkpoints, newest first. */
    public List<CheckpointSummary> checkpoints() {
        return checkpoints.summaries(status.isTerminal() ? Optional.of(ending.kept()) : Optional.empty());
    }

    public JobEnd end() {
        return picture().end();
    }

    /** What is to be done about the checkpoints of the job, which has ended. */
    public CheckpointCleanup cleanup() {
        return new CheckpointCleanup(id(), services.storeOf(job.place()), ending.kept());
    }

    /** Draws the consequences of what happened. */
    private void advance(Moment now, Outbox out) {
        takeFailures(now, out);
        run.takeFinished().forEach(checkpoints::onTaskFinished);
        checkpoints.takeWantedIds().ifPresent(end -> entries.append(new LogEntry.IdsReserved(id(), end), out));
        if (status == JobStatus.DEPLOYING && run.allRunning()) {
            enter(JobStatus.RUNNING, now);
            checkpoints.onRunning(run.running(), now);
        }
        if (status == JobStatus.RUNNING) {
            run.takeEnded().forEach(checkpoints::onTaskEnded);
        }
        switch (status) {
            case RUNNING -> endIf(run.allFinished(), JobStatus.FINISHED, now, out);
            case CANCELLING -> endIf(run.allTerminal(), JobStatus.CANCELED, now, out);
            case FAILING -> endIf(run.allTerminal(), JobStatus.FAILED, now, out);
            case RESTARTING -> startAgainIfPossible(now, out);
            default -> {}
        }
    }

    private void takeFailures(Moment now, Outbox out) {
        run.takeFailures().forEach(failure -> onFailure(failure, now, out));
        if (status == JobStatus.RUNNING && !ending.isDecided()) {
            checkpoints.verdict().ifPresent(problem -> onFailure(Failure.ofJob(problem, now.epochMs()), now, out));
        }
        checkpoints.loadingVerdict().ifPresent(problem -> failForGood(Failure.ofJob(problem, now.epochMs()), now, out));
    }

    /** The first cause decides, others are attached. */
    private void onFailure(Failure failure, Moment now, Outbox out) {
        boolean finished = status == JobStatus.RUNNING && ending.isDecided();
        if (finished || status == JobStatus.CANCELLING || status.isTerminal()) {
            return;
        }
        if (status == JobStatus.FAILING || status == JobStatus.RESTARTING) {
            failures.add(failure);
            return;
        }
        failures.begin(failure);
        Restart.Choice choice = restart.choose(failure, now);
        choice.refusal().ifPresent(failures::add);
        if (choice.startsAgain()) {
            enter(JobStatus.RESTARTING, now);
            endRun(failure.problem().what(), now, out);
            restart.begin(run.number(), choice.delayNanos(), now, out);
        } else {
            fail(failure.problem(), choice.why(), now, out);
        }
    }

    private void fail(Problem problem, String why, Moment now, Outbox out) {
        LOG.warn("job={} event=failing code={} noRestart=\"{}\"", id(), problem.code(), why);
        enter(JobStatus.FAILING, now);
        endRun(problem.what(), now, out);
    }

    private void endRun(String reason, Moment now, Outbox out) {
        run.cancel(out);
        checkpoints.onRunEnded(reason, now, out);
    }

    private void endIf(boolean over, JobStatus end, Moment now, Outbox out) {
        if (over) {
            if (end == JobStatus.FINISHED && !ending.isDecided()) {
                checkpoints.onRunEnded("All tasks have finished", now, out);
            }
            ending.advance(end, now, out);
        }
    }

    private void startAgainIfPossible(Moment now, Outbox out) {
        if (restart.isReady() || !run.allTerminal() || !restart.mayBegin()) {
            return;
        }
        Restart.Next next = restart.next();
        if (next.mismatch().isPresent()) {
            failForGood(Failure.ofJob(next.mismatch().get(), now.epochMs()), now, out);
        } else {
            run = next.run();
        }
    }

    private JobPicture picture() {
        return new JobPicture(job, status, statusSinceEpochMs, run, failures);
    }

    /** Whether it has never had slots, and does not wait for them for ever. */
    private boolean isWaitingAtFirst() {
        return run.number() == 1 && wantsSlots() && slotDeadlineNanos != Long.MAX_VALUE;
    }

    private void enter(JobStatus next, Moment now) {
        Check.invariant(status.canBecome(next), "job " + id() + " cannot go from " + status + " to " + next);
        LOG.info("job={} event={} from={} run={}", id(), next, status, run.number());
        status = next;
        statusSinceEpochMs = now.epochMs();
    }
}
