package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of one run that have not finished, by TaskManager. */
final class RunningTasks {
    private final int run;
    private final Map<PeerAddress, Set<SubtaskId>> unfinished = new LinkedHashMap<>();
    private final Set<SubtaskId> ended = new HashSet<>();

    RunningTasks(int run, Map<PeerAddress, List<SubtaskId>> tasks) {
        this.run = run;
        tasks.forEach((taskManager, subtasks) -> unfinished.put(taskManager, new LinkedHashSet<>(subtasks)));
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
