package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.TaskProgress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tasks of one run that have not finished, by TaskManager. */
public final class RunningTasks {
    private final int run;
    private final Map<PeerAddress, Set<SubtaskId>> unfinished = new LinkedHashMap<>();
    private final Set<SubtaskId> ended = new HashSet<>();

    private final Function<SubtaskId, Optional<TaskProgress>> progress;

    /** @param progress what a task did according to its last heartbeat */
    public RunningTasks(
            int run, Map<PeerAddress, List<SubtaskId>> tasks, Function<SubtaskId, Optional<TaskProgress>> progress) {
        this.run = run;
        this.progress = progress;
        tasks.forEach((taskManager, subtasks) -> unfinished.put(taskManager, new LinkedHashSet<>(subtasks)));
    }

    /** Of a run that is over. */
    static RunningTasks none(int run) {
        return new RunningTasks(run, Map.of(), subtask -> Optional.empty());
    }

    int run() {
        return run;
    }

    /** A task is done with its input and waits for a checkpoint. @return whether all that have not finished are */
    boolean ended(SubtaskId subtask) {
        ended.add(subtask);
        return !isEmpty() && unfinished.values().stream().allMatch(ended::containsAll);
    }

    void finished(SubtaskId subtask) {
        unfinished.values().forEach(subtasks -> subtasks.remove(subtask));
        unfinished.values().removeIf(Set::isEmpty);
    }

    boolean isUnfinished(SubtaskId subtask) {
        return unfinished.values().stream().anyMatch(subtasks -> subtasks.contains(subtask));
    }

    Optional<TaskProgress> progressOf(SubtaskId subtask) {
        return progress.apply(subtask);
    }

    boolean has(PeerAddress taskManager) {
        return unfinished.containsKey(taskManager);
    }

    boolean isEmpty() {
        return unfinished.isEmpty();
    }

    /** A copy: who takes part in a checkpoint that is triggered now. */
    Map<PeerAddress, Set<SubtaskId>> participants() {
        Map<PeerAddress, Set<SubtaskId>> copy = new LinkedHashMap<>();
        unfinished.forEach((taskManager, subtasks) -> copy.put(taskManager, new LinkedHashSet<>(subtasks)));
        return copy;
    }
}
