package io.millrace.jobmanager.control;

import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobDetails.SubtaskDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Jobs that TaskManagers ran for an earlier JobManager and that this one does not know: remembered by what the
 * TaskManagers report of their tasks, which are being cancelled. Bounded; the oldest go first.
 */
final class LostJobs {
    private final int limit;
    private final Map<JobId, LostJob> jobs = new LinkedHashMap<>();

    LostJobs(int limit) {
        this.limit = limit;
    }

    private record LostTask(
            SubtaskId id, String vertexName, TaskManagerId taskManager, int slot, ExecutionState state) {}

    private record LostJob(JobId id, String name, long foundAtEpochMs, Map<SubtaskId, LostTask> tasks) {

        JobSummary summary() {
            Map<ExecutionState, Integer> counts = new EnumMap<>(ExecutionState.class);
            tasks.values().forEach(task -> counts.merge(task.state(), 1, Integer::sum));
            return new JobSummary(id, name, JobStatus.LOST, 0, foundAtEpochMs, counts);
        }
    }

    /** A TaskManager has a task of a job that nobody here knows. */
    void add(TaskManagerId taskManager, TaskReport report, Moment now) {
        LostJob job = jobs.computeIfAbsent(
                report.subtask().job(), id -> new LostJob(id, report.jobName(), now.epochMs(), new LinkedHashMap<>()));
        ExecutionState state = report.state().isTerminal() ? report.state() : ExecutionState.CANCELING;
        job.tasks()
                .put(
                        report.subtask(),
                        new LostTask(report.subtask(), report.vertexName(), taskManager, report.slot(), state));
        Iterator<JobId> oldest = jobs.keySet().iterator();
        if (jobs.size() > limit) {
            oldest.next();
            oldest.remove();
        }
    }

    void onStateChanged(SubtaskId subtask, ExecutionState state) {
        LostJob job = jobs.get(subtask.job());
        if (job != null && state.isTerminal()) {
            job.tasks()
                    .computeIfPresent(
                            subtask,
                            (id, task) -> new LostTask(id, task.vertexName(), task.taskManager(), task.slot(), state));
        }
    }

    void onTaskManagerLost(TaskManagerId taskManager) {
        for (LostJob job : jobs.values()) {
            job.tasks()
                    .replaceAll((id, task) -> task.taskManager().equals(taskManager)
                                    && !task.state().isTerminal()
                            ? new LostTask(id, task.vertexName(), taskManager, task.slot(), ExecutionState.FAILED)
                            : task);
        }
    }

    boolean contains(JobId job) {
        return jobs.containsKey(job);
    }

    List<JobSummary> summaries() {
        return jobs.values().stream().map(LostJob::summary).toList();
    }

    Optional<JobSummary> summary(JobId id) {
        return Optional.ofNullable(jobs.get(id)).map(LostJob::summary);
    }

    Optional<JobEnd> end(JobId id) {
        return Optional.ofNullable(jobs.get(id))
                .map(job -> new JobEnd(JobStatus.LOST, List.of(), 0, job.foundAtEpochMs()));
    }

    Optional<JobDetails> details(JobId id) {
        return Optional.ofNullable(jobs.get(id))
                .map(job -> new JobDetails(
                        job.summary(),
                        0,
                        job.foundAtEpochMs(),
                        0,
                        0,
                        JobDetails.Restarts.NONE,
                        JobDetails.Origin.NONE,
                        List.of(),
                        vertices(job)));
    }

    private static List<VertexDetails> vertices(LostJob job) {
        Map<Integer, List<LostTask>> byVertex = new TreeMap<>();
        for (LostTask task : job.tasks().values()) {
            byVertex.computeIfAbsent(task.id().vertex(), key -> new ArrayList<>())
                    .add(task);
        }
        List<VertexDetails> vertices = new ArrayList<>();
        byVertex.forEach((vertex, tasks) -> {
            tasks.sort(Comparator.comparingInt(task -> task.id().index()));
            List<SubtaskDetails> subtasks = tasks.stream()
                    .map(task -> new SubtaskDetails(
                            task.id().index(),
                            task.id().attempt(),
                            task.state(),
                            task.taskManager().name(),
                            task.slot(),
                            0,
                            0,
                            0,
                            0,
                            null))
                    .toList();
            String name = tasks.get(0).vertexName();
            vertices.add(new VertexDetails(vertex, name, tasks.size(), 0, List.of(), subtasks, 0, 0, List.of()));
        });
        return vertices;
    }
}
