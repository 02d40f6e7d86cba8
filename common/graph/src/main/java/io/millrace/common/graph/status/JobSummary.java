package io.millrace.common.graph.status;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.JobStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A job in one line.
 *
 * @param submittedAtEpochMs wall clock; 0 for a lost job
 * @param endedAtEpochMs wall clock; 0 while the job has not ended
 * @param subtasks how many are in each state; states that no subtask is in are absent
 */
public record JobSummary(
        JobId job,
        String name,
        JobStatus status,
        long submittedAtEpochMs,
        long endedAtEpochMs,
        Map<ExecutionState, Integer> subtasks) {

    public JobSummary {
        Map<ExecutionState, Integer> ordered = new EnumMap<>(ExecutionState.class);
        ordered.putAll(subtasks);
        subtasks = Collections.unmodifiableMap(ordered);
    }
}
