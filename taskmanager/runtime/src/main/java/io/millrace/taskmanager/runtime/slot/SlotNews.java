package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskState;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the TaskManager what becomes of a slot's tasks, in the light of what it asked for: a task that fails while its
 * cancellation is under way, for instance because it was interrupted, counts as cancelled; of one that was given up
 * nothing more is told. Any thread.
 */
final class SlotNews implements TaskListener {
    private final TaskListener listener;
    private final Shared<Map<SubtaskId, PendingCancel>> cancels = new Shared<>(Map.of());

    SlotNews(TaskListener listener) {
        this.listener = listener;
    }

    void cancelAsked(SubtaskId task, long nowNanos) {
        cancels.change(
                pending -> pending.containsKey(task) ? null : with(pending, new PendingCancel(task, nowNanos, false)));
    }

    /** Nothing is left to cancel. @return the cancellation that was under way, or null */
    @Nullable
    PendingCancel cancelIsComplete(SubtaskId task) {
        PendingCancel known = cancels.read().get(task);
        while (known != null) {
            PendingCancel ending = known;
            if (cancels.change(pending -> ending.equals(pending.get(task)) ? without(pending, task) : null)) {
                return ending;
            }
            known = cancels.read().get(task);
        }
        return null;
    }

    private static Map<SubtaskId, PendingCancel> with(Map<SubtaskId, PendingCancel> pending, PendingCancel added) {
        Map<SubtaskId, PendingCancel> more = new HashMap<>(pending);
        more.put(added.task(), added);
        return more;
    }

    private static Map<SubtaskId, PendingCancel> without(Map<SubtaskId, PendingCancel> pending, SubtaskId ended) {
        Map<SubtaskId, PendingCancel> less = new HashMap<>(pending);
        less.remove(ended);
        return less;
    }

    /** Cancellations that were asked for, are not complete and not given up. */
    List<PendingCancel> pendingCancels() {
        return cancels.read().values().stream()
                .filter(cancel -> !cancel.givenUp())
                .toList();
    }

    /** Tells of a cancelled task's failure although it has not ended, and of nothing else that becomes of it. */
    void giveUp(PendingCancel cancel, TaskFailure failure, TaskStatistics statistics) {
        PendingCancel givenUp = new PendingCancel(cancel.task(), cancel.sinceNanos(), true);
        if (cancels.change(pending -> cancel.equals(pending.get(cancel.task())) ? with(pending, givenUp) : null)) {
            listener.onFailed(cancel.task(), failure, statistics);
        }
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
        PendingCancel cancel =
                state.isTerminal() ? cancelIsComplete(task) : cancels.read().get(task);
        if (cancel == null || !cancel.givenUp()) {
            listener.onState(task, state, statistics);
        }
    }

    @Override
    public void onEnded(SubtaskId task) {
        listener.onEnded(task);
    }

    @Override
    public void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {
        PendingCancel cancel = cancels.read().get(task);
        if (cancel == null) {
            listener.onSnapshot(task, snapshot);
        }
    }

    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
        PendingCancel cancel = cancelIsComplete(task);
        if (cancel == null) {
            listener.onFailed(task, failure, statistics);
        } else if (!cancel.givenUp()) {
            listener.onState(task, TaskState.CANCELED, statistics);
        }
    }
}
