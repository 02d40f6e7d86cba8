package io.millrace.common.graph.status;

import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import java.util.List;

/**
 * How a job ended.
 *
 * @param status terminal, except where only what is retained was asked for
 * @param failures the first cause, then others; empty unless the job failed
 * @param endedAtEpochMs 0 if the job has not ended
 */
public record JobEnd(JobStatus status, List<Failure> failures, long submittedAtEpochMs, long endedAtEpochMs) {

    public JobEnd {
        failures = List.copyOf(failures);
    }
}
