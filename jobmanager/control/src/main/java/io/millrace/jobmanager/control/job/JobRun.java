package io.millrace.jobmanager.control.job;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.jobmanager.control.checkpoint.RunningTasks;
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

/**
 * One run of a job: deploys its subtasks in two phases, follows them, and cancels them. All are built before any is
 * started, so a receiver always exists before its senders send. What goes wrong is collected for the job's master,
 * which decides.
 *
 * <p>The one rule: a subtask becomes terminal only when its TaskManager says so or is lost. So when all have, nothing
 * of the run is left anywhere that this JobManager can still reach.
 */
final class JobRun {
    private final ExecutionGraph execution;
    private final SlotSharing sharing;
    private final Deployments deployments;
    private final List<Failure> failures = new ArrayList<>();
    private final List<SubtaskId> finished = new ArrayList<>();
    private final List<SubtaskId> ended = new ArrayList<>();

    private boolean started;

    /** @param restore from where the subtasks take up their state; empty for a fresh start */
    JobRun(JobDefinition job, int number, SlotSharing sharing, Optional<RestorePlan> restore) {
        this.execution = new ExecutionGraph(job.id(), number, job.graph());
        this.sharing = sharing;
        this.deployments = new Deployments(job.graph(), execution, restore);
    }

    /** From 1, rising with every restart of the job. */
    int number() {
        return execution.run();
    }

    ExecutionGraph execution() {
        return execution;
    }

    boolean allRunning() {
        return execution.allIn(ExecutionState.RUNNING, ExecutionState.FINISHED);
    }

    boolean allFinished() {
        return execution.allIn(ExecutionState.FINISHED);
    }

    boolean allTerminal() {
        return execution.allTerminal();
    }

    /** What went wrong since the last call. */
    List<Failure> takeFailures() {
        List<Failure> taken = List.copyOf(failures);
        failures.clear();
        return taken;
    }

    /** A subtask is done with its input. */
    void onEnded(SubtaskId subtask) {
        ended.add(subtask);
    }

    /** The subtasks that have been done with their input since the last call. */
    List<SubtaskId> takeEnded() {
        List<SubtaskId> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /** The subtasks that have done all their work since the last call. */
    List<SubtaskId> takeFinished() {
        List<SubtaskId> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }

    /** The subtasks that run, by TaskManager. */
    RunningTasks running() {
        Map<PeerAddress, List<SubtaskId>> tasks = byTaskManager(execution.all().stream()
                .filter(subtask -> subtask.state() == ExecutionState.RUNNING)
                .toList());
        return new RunningTasks(
                number(), tasks, subtask -> execution.find(subtask).flatMap(Subtask::progress));
    }

    /** First phase: every subtask is sent to its slot. */
    void deploy(List<Slot> slots, Outbox out) {
        execution.place(slots, sharing);
        for (Subtask subtask : execution.all()) {
            execution.move(subtask, ExecutionState.SCHEDULED);
            execution.move(subtask, ExecutionState.DEPLOYING);
            deploy(subtask, out);
        }
    }

    /** See {@link JobMaster#owns}. */
    boolean owns(SubtaskId subtask, PeerAddress taskManager) {
        return execution
                .find(subtask)
                .filter(found -> !found.state().isTerminal())
                .flatMap(Subtask::slot)
                .filter(slot -> slot.taskManager().equals(taskManager))
                .isPresent();
    }

    /** A TaskManager reports a state of a subtask that this run {@link #owns} there. */
    void onStateChanged(SubtaskStateChanged change, Moment now, Outbox out) {
        Subtask subtask = execution.find(change.subtask()).orElseThrow();
        switch (change.state()) {
            case INITIALIZING -> onDeployed(subtask, out);
            case RUNNING -> onRunning(subtask, now);
            case FINISHED -> onFinished(subtask, now);
            case CANCELED -> onCanceled(subtask, now);
            case FAILED -> onFailed(subtask, change.failure(), now);
            case CREATED, SCHEDULED, DEPLOYING, CANCELING -> {
                // Levels on the way to those above; they change nothing here.
            }
        }
        if (change.state().isTerminal()) {
            out.toTaskManager(subtask.placement().taskManager(), new ToTaskManager.Forget(List.of(change.subtask())));
        }
    }

    /** See {@link JobMaster#onTasksReported}. */
    void onTasksReported(PeerAddress taskManager, Map<SubtaskId, TaskReport> reports, Moment now, Outbox out) {
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
    }

    void onProgress(TaskProgress progress) {
        execution.find(progress.subtask()).ifPresent(subtask -> subtask.progress(progress));
    }

    /** A TaskManager is gone: so are the subtasks there. */
    void onTaskManagerLost(TaskManagerLoss loss, Moment now) {
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
            String name = loss.taskManager().taskManager().name();
            failures.add(Failure.ofTaskManager(loss.problem(), name, now.epochMs()));
        }
    }

    /** Whatever is left of the run has to end. */
    void cancel(Outbox out) {
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

    private void onRunning(Subtask subtask, Moment now) {
        if (subtask.state() == ExecutionState.INITIALIZING && started) {
            execution.move(subtask, ExecutionState.RUNNING);
        } else if (subtask.state() == ExecutionState.DEPLOYING || subtask.state() == ExecutionState.INITIALIZING) {
            failures.add(SubtaskFailure.violation(subtask, "runs without having been started", now));
        }
    }

    private void onFinished(Subtask subtask, Moment now) {
        if (subtask.state() == ExecutionState.CANCELING) {
            execution.move(subtask, ExecutionState.CANCELED);
            return;
        }
        onRunning(subtask, now);
        if (subtask.state() == ExecutionState.RUNNING) {
            execution.move(subtask, ExecutionState.FINISHED);
            finished.add(subtask.id());
        } else {
            execution.move(subtask, ExecutionState.FAILED);
        }
    }

    private void onCanceled(Subtask subtask, Moment now) {
        if (subtask.state() == ExecutionState.CANCELING) {
            execution.move(subtask, ExecutionState.CANCELED);
            return;
        }
        execution.move(subtask, ExecutionState.FAILED);
        failures.add(SubtaskFailure.lost(subtask, "The TaskManager cancelled it without being asked", now));
    }

    private void onFailed(Subtask subtask, @Nullable Failure failure, Moment now) {
        execution.move(subtask, ExecutionState.FAILED);
        failures.add(failure != null ? failure : SubtaskFailure.lost(subtask, "The TaskManager gave no reason", now));
    }

    private void onMissing(Subtask subtask, Moment now, Outbox out) {
        switch (subtask.state()) {
            case DEPLOYING -> deploy(subtask, out);
            case CANCELING -> execution.move(subtask, ExecutionState.CANCELED);
            default -> {
                execution.move(subtask, ExecutionState.FAILED);
                failures.add(SubtaskFailure.lost(subtask, "The TaskManager no longer has it", now));
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
        out.toTaskManager(subtask.placement().taskManager(), new ToTaskManager.Deploy(deployments.of(subtask)));
    }

    private static Map<PeerAddress, List<SubtaskId>> byTaskManager(List<Subtask> subtasks) {
        Map<PeerAddress, List<SubtaskId>> grouped = new LinkedHashMap<>();
        for (Subtask subtask : subtasks) {
            grouped.computeIfAbsent(subtask.placement().taskManager(), key -> new ArrayList<>())
                    .add(subtask.id());
        }
        return grouped;
    }
}
