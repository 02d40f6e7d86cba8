package io.millrace.api.execution;

import io.millrace.common.core.id.JobId;
import java.util.concurrent.TimeUnit;

/**
 * How a job ended that was not cancelled and did not fail.
 *
 * @param jobId which job
 * @param netRuntimeMs from its submission to its end; -1 for a detached job, which goes on
 */
public record JobExecutionResult(JobId jobId, long netRuntimeMs) {

    /** The result of a job that nobody waits for. */
    public static JobExecutionResult detached(JobId jobId) {
        return new JobExecutionResult(jobId, -1);
    }

    public JobId getJobID() {
        return jobId;
    }

    /** Whether the job was left running. */
    public boolean isDetached() {
        return netRuntimeMs < 0;
    }

    /** Milliseconds from submission to end; -1 for a detached job. */
    public long getNetRuntime() {
        return netRuntimeMs;
    }

    /** As {@link #getNetRuntime()} in another unit. */
    public long getNetRuntime(TimeUnit unit) {
        return isDetached() ? -1 : unit.convert(netRuntimeMs, TimeUnit.MILLISECONDS);
    }
}
