package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.TaskProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says whom a checkpoint waited for when its time was over. TaskManagers answer for all their tasks at once, so it goes
 * by what their last heartbeats told.
 *
 * @param progress of a task, as of its last heartbeat
 */
record TimeOut(
        CheckpointJob job,
        CheckpointHistory history,
        Function<SubtaskId, Optional<TaskProgress>> progress,
        long timeoutMs) {

    CheckpointCause cause(PendingCheckpoint pending) {
        Problem late = Problem.of(
                CheckpointErrors.CHECKPOINT_TIMED_OUT,
                "Checkpoint " + pending.id() + " was not complete after " + timeoutMs + " ms");
        List<SubtaskId> missing = new ArrayList<>();
        pending.unanswered().forEach(taskManager -> missing.addAll(pending.expectedOf(taskManager)));
        List<TaskProgress> known =
                missing.stream().flatMap(task -> progress.apply(task).stream()).toList();
        List<TaskProgress> waiting =
                known.stream().filter(task -> isAwaited(task, pending.id())).toList();
        if (missing.isEmpty()) {
            return new CheckpointCause(
                    null,
                    late.because("All tasks have acknowledged; its manifest could not be stored in time")
                            .fix("Check the checkpoint storage, or raise checkpoint.timeout"));
        } else if (!waiting.isEmpty()) {
            return waitsForBarrier(late, waiting, missing.size());
        }
        boolean given = known.size() == missing.size();
        return unanswered(pending, late, history.slowestOf(missing).orElseThrow(), given);
    }

    private static boolean isAwaited(TaskProgress task, long checkpoint) {
        return task.awaitedCheckpoint() != 0 && task.awaitedCheckpoint() <= checkpoint;
    }

    /** Those before a slow task are back-pressured, those behind it idle: it is the busiest of those that wait. */
    private CheckpointCause waitsForBarrier(Problem late, List<TaskProgress> waiting, int missing) {
        TaskProgress slowest = waiting.stream()
                .max(Comparator.comparingDouble(TaskProgress::busyShare))
                .orElseThrow();
        return new CheckpointCause(
                slowest.subtask(),
                late.at("subtask " + job.nameOf(slowest.subtask()))
                        .because("The barrier has not come through " + waiting.size() + " of the " + missing
                                + " subtasks whose TaskManagers have not answered; at the last heartbeat this one was"
                                + " the busiest of them: " + percent(slowest.busyShare()) + " busy, "
                                + percent(slowest.backPressuredShare()) + " back-pressured")
                        .fix("See what its function waits for or give it a higher parallelism; lower"
                                + " checkpoint.aligned-timeout lets barriers overtake; or raise checkpoint.timeout"));
    }

    private CheckpointCause unanswered(PendingCheckpoint pending, Problem late, SubtaskId slowest, boolean given) {
        String names = pending.unanswered().stream()
                .map(PeerAddress::taskManager)
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        String why = given ? "; their tasks have given their snapshots, which are still being stored" : "";
        return new CheckpointCause(
                slowest,
                late.at("subtask " + job.nameOf(slowest))
                        .because(pending.unanswered().size() + " of "
                                + pending.participants().size() + " TaskManagers have not answered: " + names + why
                                + "; of their subtasks this one was the slowest before")
                        .fix(
                                given
                                        ? "Check the checkpoint storage as those machines see it, or raise"
                                                + " checkpoint.timeout"
                                        : "Look for back-pressure and a slow storage there, or raise"
                                                + " checkpoint.timeout"));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
