package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.OperatorProgress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.status.JobDetails.OperatorDetails;
import io.millrace.common.graph.status.JobDetails.SubtaskDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import io.millrace.jobmanager.control.resource.Slot;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What clients are shown of a job's vertices: the newest progress of each subtask, and sums of it. */
record VertexViews(JobGraph graph, ExecutionGraph execution) {

    List<VertexDetails> all() {
        return graph.vertices().stream().map(this::view).toList();
    }

    private VertexDetails view(JobVertex vertex) {
        List<Subtask> subtasks = execution.of(vertex);
        return new VertexDetails(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                vertex.maxParallelism(),
                vertex.operators().stream()
                        .map(operator -> view(operator, subtasks))
                        .toList(),
                subtasks.stream().map(VertexViews::view).toList(),
                meanShare(subtasks, TaskProgress::busyShare),
                meanShare(subtasks, TaskProgress::backPressuredShare),
                graph.edges().stream()
                        .filter(edge -> edge.targetVertex() == vertex.id())
                        .map(JobEdge::sourceVertex)
                        .distinct()
                        .toList());
    }

    private static OperatorDetails view(OperatorNode operator, List<Subtask> subtasks) {
        List<OperatorProgress> parts = subtasks.stream()
                .flatMap(subtask -> subtask.progress().stream())
                .flatMap(progress -> progress.operators().stream())
                .filter(part -> part.operator() == operator.id())
                .toList();
        return new OperatorDetails(
                operator.id(),
                operator.name(),
                operator.place(),
                parts.stream().mapToLong(OperatorProgress::recordsIn).sum(),
                parts.stream().mapToLong(OperatorProgress::recordsOut).sum(),
                smallestWatermark(parts));
    }

    private static SubtaskDetails view(Subtask subtask) {
        List<OperatorProgress> chain =
                subtask.progress().map(TaskProgress::operators).orElse(List.of());
        boolean running = subtask.state() == ExecutionState.RUNNING;
        return new SubtaskDetails(
                subtask.id().index(),
                subtask.id().attempt(),
                subtask.state(),
                subtask.slot()
                        .map(slot -> slot.taskManager().taskManager().name())
                        .orElse(""),
                subtask.slot().map(Slot::index).orElse(0),
                running ? subtask.progress().map(TaskProgress::busyShare).orElse(0.0) : 0,
                running
                        ? subtask.progress()
                                .map(TaskProgress::backPressuredShare)
                                .orElse(0.0)
                        : 0,
                chain.isEmpty() ? 0 : chain.get(0).recordsIn(),
                chain.isEmpty() ? 0 : chain.get(chain.size() - 1).recordsOut(),
                chain.isEmpty() ? null : chain.get(0).currentWatermark());
    }

    private static @Nullable Long smallestWatermark(List<OperatorProgress> parts) {
        return parts.stream()
                .map(OperatorProgress::currentWatermark)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    /** Over the running subtasks: one that has ended is neither busy nor waiting. */
    private static double meanShare(List<Subtask> subtasks, ToDoubleFunction<TaskProgress> share) {
        return subtasks.stream()
                .filter(subtask -> subtask.state() == ExecutionState.RUNNING)
                .flatMap(subtask -> subtask.progress().stream())
                .mapToDouble(share)
                .average()
                .orElse(0);
    }
}
