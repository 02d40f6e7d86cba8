package io.millrace.jobmanager.control.job;

import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.jobmanager.control.resource.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subtasks of one run of a job and how many are in each state. */
final class ExecutionGraph {
    private final int run;
    private final Map<Integer, List<Subtask>> byVertex = new LinkedHashMap<>();
    private final List<Subtask> all = new ArrayList<>();
    private final Map<ExecutionState, Integer> counts = new EnumMap<>(ExecutionState.class);

    ExecutionGraph(JobId job, int run, JobGraph graph) {
        this.run = run;
        for (JobVertex vertex : graph.vertices()) {
            List<Subtask> subtasks = new ArrayList<>(vertex.parallelism());
            for (int index = 0; index < vertex.parallelism(); index++) {
                subtasks.add(new Subtask(new SubtaskId(job, run, vertex.id(), index, run - 1), vertex));
            }
            byVertex.put(vertex.id(), subtasks);
            all.addAll(subtasks);
        }
        counts.put(ExecutionState.CREATED, all.size());
    }

    int run() {
        return run;
    }

    List<Subtask> all() {
        return all;
    }

    List<Subtask> of(JobVertex vertex) {
        return of(vertex.id());
    }

    List<Subtask> of(int vertex) {
        return byVertex.getOrDefault(vertex, List.of());
    }

    /** The subtask whose current attempt this is; empty for any other attempt. */
    Optional<Subtask> find(SubtaskId id) {
        List<Subtask> subtasks = of(id.vertex());
        return id.index() < subtasks.size() && subtasks.get(id.index()).id().equals(id)
                ? Optional.of(subtasks.get(id.index()))
                : Optional.empty();
    }

    void place(List<Slot> slots, SlotSharing sharing) {
        for (Subtask subtask : all) {
            subtask.place(
                    slots.get(sharing.slotOf(subtask.vertex(), subtask.id().index())));
        }
    }

    void move(Subtask subtask, ExecutionState next) {
        counts.merge(subtask.state(), -1, (count, change) -> count + change == 0 ? null : count + change);
        subtask.become(next);
        counts.merge(next, 1, Integer::sum);
    }

    /** How many subtasks are in each state; states that none is in are absent. */
    Map<ExecutionState, Integer> counts() {
        return counts;
    }

    /** Whether every subtask is in one of these states. */
    boolean allIn(ExecutionState... states) {
        int sum = 0;
        for (ExecutionState state : states) {
            sum += counts.getOrDefault(state, 0);
        }
        return sum == all.size();
    }

    boolean allTerminal() {
        return allIn(ExecutionState.FINISHED, ExecutionState.CANCELED, ExecutionState.FAILED);
    }
}
