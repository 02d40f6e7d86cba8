package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import io.millrace.taskmanager.runtime.task.Task;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to cancellations that user code holds up: interrupts it every second, and after thirty reports the task as
 * failed and lets it be. For the watcher's thread.
 */
final class CancelHelp {
    private static final Logger LOG = LoggerFactory.getLogger(CancelHelp.class);
    private static final long INTERRUPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Slot slot;
    /** When each pending cancellation was helped along last. */
    private final Map<SubtaskId, Long> interruptedAt = new HashMap<>();

    CancelHelp(Slot slot) {
        this.slot = slot;
    }

    void help(long nowNanos) {
        Set<SubtaskId> pending = new HashSet<>();
        for (PendingCancel cancel : slot.news().pendingCancels()) {
            pending.add(cancel.task());
            for (Occupant occupant : slot.occupants()) {
                if (occupant.task().id().equals(cancel.task())) {
                    help(cancel, occupant, nowNanos);
                }
            }
        }
        interruptedAt.keySet().retainAll(pending);
    }

    private void help(PendingCancel cancel, Occupant occupant, long nowNanos) {
        if (nowNanos - cancel.sinceNanos() >= GIVE_UP_NANOS) {
            giveUp(cancel, occupant);
            return;
        }
        long helped = interruptedAt.getOrDefault(cancel.task(), cancel.sinceNanos());
        if (nowNanos - helped >= INTERRUPT_NANOS && occupant.guard().interrupt()) {
            interruptedAt.put(cancel.task(), nowNanos);
        }
    }

    private void giveUp(PendingCancel cancel, Occupant occupant) {
        Task task = occupant.task();
        Thread thread = occupant.guard().inside();
        String stack = thread == null
                ? ""
                : Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\tat " + frame)
                        .collect(Collectors.joining("\n"));
        LOG.error(
                "event=cancel-ignored slot={} job={} task=\"{}\" seconds=30\n{}",
                slot.name(),
                cancel.task().job(),
                task.name(),
                stack);
        Problem problem = Problem.of(
                        RuntimeErrors.TASK_STUCK, "Task '" + task.name() + "' did not end within 30 s of its cancel")
                .at("task '" + task.name() + "'")
                .because(
                        thread == null
                                ? "it is still being built"
                                : "its user code ignores interrupts on thread " + thread.getName())
                .fix("See in the stack trace where it hangs; its thread ends only with the TaskManager's process");
        slot.news().giveUp(cancel, new TaskFailure(problem, stack), task.statistics());
    }
}
