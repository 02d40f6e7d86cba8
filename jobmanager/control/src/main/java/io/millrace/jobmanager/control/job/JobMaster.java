package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.resource.Slot;
import io.millrace.jobmanager.control.resource.TaskManagerLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job: waits for its slots, deploys in two phases, follows its subtasks, and brings it to an end. All subtasks
 * are built before any is started, so a receiver always exists before its senders send. Belongs to the control agent;
 * every method puts what must be sent into the outbox.
 *
 * <p>The one rule: a subtask becomes terminal only when its TaskManager says so or is lost. So when the job has ended
 * nothing of it is left anywhere that this JobManager can still reach.
 */
public final class JobMaster {
    private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);
    private static final int FIRST_RUN = 1;

    private final JobId id;
    private final JobGraph graph;
    private final SlotSharing sharing;
    private final ExecutionGraph execution;
    private final Failures failures = new Failures();
    private final long submittedAtEpochMs;
    private final long slotDeadlineNanos;

    private JobStatus status = JobStatus.CREATED;
    private long statusSinceEpochMs;
    private boolean started;

    /** @param slotTimeoutNanos how long the job waits for slots before it fails */
    public JobMaster(JobId id, JobGraph graph, long slotTimeoutNanos, Moment now) {
        this.id = id;
        this.graph = graph;
        this.sharing = new SlotSharing(graph);
        this.execution = new ExecutionGraph(id, FIRST_RUN, graph);
        this.submittedAtEpochMs = now.epochMs();
        this.statusSinceEpochMs = now.epochMs();
        this.slotDeadlineNanos = now.nanos() + slotTimeoutNanos;
        LOG.info("job={} name=\"{}\" event=submitted slots={}", id, graph.name(), sharing.slotsNeeded());
    }

    public JobId id() {
        return id;
    }

    public JobGraph graph() {
        return graph;
    }

    public JobStatus status() {
        return status;
    }

    public int slotsNeeded() {
        return sharing.slotsNeeded();
    }

    /** Whether it has no slots yet and wants them. */
    public boolean wantsSlots() {
        return status == JobStatus.CREATED || status == JobStatus.WAITING_FOR_SLOTS;
    }

    /** When {@link #onTime} has something to do; {@code Long.MAX_VALUE}: never. */
    public long nextDeadlineNanos() {
        return wantsSlots() ? slotDeadlineNanos : Long.MAX_VALUE;
    }

    /** There are not enough slots now. */
    public void onSlotsMissing(Moment now) {
        if (status == JobStatus.CREATED) {
            enter(JobStatus.WAITING_FOR_SLOTS, now);
        }
    }

    /** First phase: every subtask is sent to its slot. */
    public void onSlotsAssigned(List<Slot> slots, Moment now, Outbox out) {
        Check.invariant(wantsSlots() && slots.size() == slotsNeeded(), "slots for job " + id + " in " + status);
        execution.place(slots, sharing);
        enter(JobStatus.DEPLOYING, now);
        for (Subtask subtask : execution.all()) {
            execution.move(subtask, ExecutionState.SCHEDULED);
            execution.move(subtask, ExecutionState.DEPLOYING);
            deploy(subtask, out);
        }
    }

    /** @param slotsFree for the message, if the job waited too long */
    public void onTime(int slotsFree, int slotsTotal, Moment now, Outbox out) {
        if (now.reached(nextDeadlineNanos())) {
            Problem problem = Problem.of(
                            ControlError.NOT_ENOUGH_SLOTS,
                            "Job '" + graph.name() + "' needs " + slotsNeeded() + " slots, " + slotsFree + " are free")
                    .because("The cluster has " + slotsTotal + " slots in all and none became free in time")
                    .fix("Lower the parallelism with -p, start more TaskManagers, or cancel another job");
            fail(Failure.ofJob(problem, now.epochMs()), now, out);
        }
    }

    /**
     * Whether this is the current attempt of one of its subtasks, on the TaskManager it was placed on, and not known to
     * have ended. A task of another attempt, or one that is given up, is nobody's and has to go.
     */
    public boolean owns(SubtaskId subtask, PeerAddress taskManager) {
        return execution
                .find(subtask)
                .filter(found -> !found.state().isTerminal())
                .flatMap(Subtask::slot)
                .filter(slot -> slot.taskManager().equals(taskManager))
                .isPresent();
    }

    /** A TaskManager reports a state of a subtask that this job {@link #owns} there. */
    public void onStateChanged(SubtaskStateChanged change, Moment now, Outbox out) {
        Subtask subtask = execution.find(change.subtask()).orElseThrow();
        switch (change.state()) {
            case INITIALIZING -> onDeployed(subtask, out);
            case RUNNING -> onRunning(subtask, now, out);
            case FINISHED -> onFinished(subtask, now, out);
            case CANCELED -> onCanceled(subtask, now, out);
            case FAILED -> onFailed(subtask, change.failure(), now, out);
            case CREATED, SCHEDULED, DEPLOYING, CANCELING -> {
                // Levels on the way to those above; they change nothing here.
            }
        }
        if (change.state().isTerminal()) {
            out.toTaskManager(subtask.placement().taskManager(), new ToTaskManager.Forget(List.of(change.subtask())));
        }
        checkProgress(now);
    }

    /**
     * A TaskManager registered again and lists its tasks of this job. What was lost with the stream between the two is
     * made good: states are taken over, commands are repeated.
     *
     * @param reports by subtask; only such that this job {@link #owns} there
     */
    public void onTasksReported(PeerAddress taskManager, Map<SubtaskId, TaskReport> reports, Moment now, Outbox out) {
        for (Subtask subtask : execution.all()) {
            Optional<Slot> slot = subtask.slot();
            if (slot.isEmpty() || !slot.get().taskManager().equals(taskManager)) {
                continue;
            }
            TaskReport report = reports.get(subtask.id());
            if (report != null) {
                onStateChanged(new SubtaskStateChanged(subtask.id(), report.state(), report.failure()), now, out);
                repeatCommand(subtask, report.state(), out);
            } else if (!subtask.state().isTerminal()) {
                onMissing(subtask, now, out);
            }
        }
        checkProgress(now);
    }

    public void onProgress(TaskProgress progress) {
        execution.find(progress.subtask()).ifPresent(subtask -> subtask.progress(progress));
    }

    /** A TaskManager is gone: so are the job's subtasks there, and with them the job. */
    public void onTaskManagerLost(TaskManagerLoss loss, Moment now, Outbox out) {
        String name = loss.taskManager().taskManager().name();
        Failure failure = Failure.ofTaskManager(loss.problem(), name, now.epochMs());
        boolean hit = false;
        for (Subtask subtask : execution.all()) {
            boolean there = subtask.slot()
                    .filter(slot -> slot.taskManager().equals(loss.taskManager()))
                    .isPresent();
            if (there && !subtask.state().isTerminal()) {
                hit = true;
                execution.move(subtask, ExecutionState.FAILED);
            }
        }
        if (hit) {
            fail(failure, now, out);
        }
        checkProgress(now);
    }

    /** A user wants the job cancelled. Nothing happens if it is ending already. */
    public void onCancel(Moment now, Outbox out) {
        if (status.canBecome(JobStatus.CANCELLING)) {
            enter(JobStatus.CANCELLING, now);
            cancelSubtasks(out);
            checkProgress(now);
        }
    }

    /** Ends the job by a failure of its own or one that hit it. The first cause wins, others are attached. */
    public void fail(Failure failure, Moment now, Outbox out) {
        if (status == JobStatus.CANCELLING || status.isTerminal()) {
            return;
        }
        failures.add(failure);
        if (status != JobStatus.FAILING) {
            LOG.warn(
                    "job={} event=failing code={} what=\"{}\"",
                    id,
                    failure.problem().code(),
                    failure.problem().what());
            enter(JobStatus.FAILING, now);
            cancelSubtasks(out);
        }
        checkProgress(now);
    }

    public JobSummary summary() {
        long endedAtEpochMs = status.isTerminal() ? statusSinceEpochMs : 0;
        return new JobSummary(id, graph.name(), status, submittedAtEpochMs, endedAtEpochMs, execution.counts());
    }

    /** @param slotsFree in the cluster now */
    public JobDetails details(int slotsFree) {
        return new JobDetails(
                summary(),
                execution.run(),
                statusSinceEpochMs,
                slotsNeeded(),
                wantsSlots() ? slotsFree : 0,
                JobDetails.Restarts.NONE,
                failures.list(),
                new VertexViews(graph, execution).all());
    }

    /** How the job stands or ended. */
    public JobEnd end() {
        JobSummary summary = summary();
        return new JobEnd(status, failures.list(), submittedAtEpochMs, summary.endedAtEpochMs());
    }

    private void onDeployed(Subtask subtask, Outbox out) {
        if (subtask.state() != ExecutionState.DEPLOYING) {
            return;
        }
        execution.move(subtask, ExecutionState.INITIALIZING);
        if (!started && execution.allIn(ExecutionState.INITIALIZING)) {
            started = true;
            byTaskManager(execution.all())
                    .forEach((taskManager, subtasks) ->
                            out.toTaskManager(taskManager, new ToTaskManager.Start(subtasks)));
        }
    }

    private void onRunning(Subtask subtask, Moment now, Outbox out) {
        if (subtask.state() == ExecutionState.INITIALIZING && started) {
            execution.move(subtask, ExecutionState.RUNNING);
        } else if (subtask.state() == ExecutionState.DEPLOYING || subtask.state() == ExecutionState.INITIALIZING) {
            fail(SubtaskFailure.violation(subtask, "runs without having been started", now), now, out);
        }
    }

    private void onFinished(Subtask subtask, Moment now, Outbox out) {
        switch (subtask.state()) {
            case RUNNING -> execution.move(subtask, ExecutionState.FINISHED);
            case CANCELING -> execution.move(subtask, ExecutionState.CANCELED);
            default -> {
                onRunning(subtask, now, out);
                ExecutionState ended =
                        subtask.state() == ExecutionState.RUNNING ? ExecutionState.FINISHED : ExecutionState.FAILED;
                execution.move(subtask, ended);
            }
        }
    }

    private void onCanceled(Subtask subtask, Moment now, Outbox out) {
        if (subtask.state() == ExecutionState.CANCELING) {
            execution.move(subtask, ExecutionState.CANCELED);
            return;
        }
        execution.move(subtask, ExecutionState.FAILED);
        fail(SubtaskFailure.lost(subtask, "The TaskManager cancelled it without being asked", now), now, out);
    }

    private void onFailed(Subtask subtask, @Nullable Failure failure, Moment now, Outbox out) {
        execution.move(subtask, ExecutionState.FAILED);
        fail(failure != null ? failure : SubtaskFailure.lost(subtask, "The TaskManager gave no reason", now), now, out);
    }

    private void onMissing(Subtask subtask, Moment now, Outbox out) {
        switch (subtask.state()) {
            case DEPLOYING -> deploy(subtask, out);
            case CANCELING -> execution.move(subtask, ExecutionState.CANCELED);
            default -> {
                execution.move(subtask, ExecutionState.FAILED);
                fail(SubtaskFailure.lost(subtask, "The TaskManager no longer has it", now), now, out);
            }
        }
    }

    private void repeatCommand(Subtask subtask, ExecutionState reported, Outbox out) {
        PeerAddress taskManager = subtask.placement().taskManager();
        if (reported.isTerminal()) {
            return;
        }
        if (subtask.state() == ExecutionState.CANCELING) {
            out.toTaskManager(taskManager, new ToTaskManager.Cancel(List.of(subtask.id())));
        } else if (started && reported == ExecutionState.INITIALIZING) {
            out.toTaskManager(taskManager, new ToTaskManager.Start(List.of(subtask.id())));
        }
    }

    private void deploy(Subtask subtask, Outbox out) {
        ToTaskManager.Deploy deploy = new ToTaskManager.Deploy(new Deployments(graph, execution).of(subtask));
        out.toTaskManager(subtask.placement().taskManager(), deploy);
    }

    private void cancelSubtasks(Outbox out) {
        List<Subtask> running = new ArrayList<>();
        for (Subtask subtask : execution.all()) {
            if (subtask.state().canBecome(ExecutionState.CANCELING)) {
                execution.move(subtask, ExecutionState.CANCELING);
                running.add(subtask);
            } else if (subtask.state() == ExecutionState.CREATED) {
                execution.move(subtask, ExecutionState.CANCELED);
            }
        }
        byTaskManager(running)
                .forEach((taskManager, subtasks) -> out.toTaskManager(taskManager, new ToTaskManager.Cancel(subtasks)));
    }

    private static Map<PeerAddress, List<SubtaskId>> byTaskManager(List<Subtask> subtasks) {
        Map<PeerAddress, List<SubtaskId>> grouped = new LinkedHashMap<>();
        for (Subtask subtask : subtasks) {
            grouped.computeIfAbsent(subtask.placement().taskManager(), key -> new ArrayList<>())
                    .add(subtask.id());
        }
        return grouped;
    }

    private void checkProgress(Moment now) {
        if (status == JobStatus.DEPLOYING && execution.allIn(ExecutionState.RUNNING, ExecutionState.FINISHED)) {
            enter(JobStatus.RUNNING, now);
        }
        if (!execution.allTerminal()) {
            return;
        }
        switch (status) {
            case RUNNING -> enter(JobStatus.FINISHED, now);
            case CANCELLING -> enter(JobStatus.CANCELED, now);
            case FAILING -> enter(JobStatus.FAILED, now);
            default -> Check.invariant(status.isTerminal(), "all subtasks of job " + id + " ended in " + status);
        }
    }

    private void enter(JobStatus next, Moment now) {
        Check.invariant(status.canBecome(next), "job " + id + " cannot go from " + status + " to " + next);
        LOG.info("job={} event={} from={}", id, next, status);
        status = next;
        statusSinceEpochMs = now.epochMs();
    }
}
