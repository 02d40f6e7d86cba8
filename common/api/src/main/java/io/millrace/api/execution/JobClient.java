package io.millrace.api.execution;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import java.util.concurrent.CompletableFuture;

/** A submitted job as its submitter sees it. Any thread. */
public interface JobClient {
    JobId getJobID();

    CompletableFuture<JobStatus> getJobStatus();

    /** Asks for the job to be cancelled; done when the request is accepted. Cancelling a cancelled job succeeds. */
    CompletableFuture<Void> cancel();

    /**
     * Completes when the job has finished; with a {@link io.millrace.common.core.error.MillraceException} when it
     * failed or was cancelled.
     */
    CompletableFuture<JobExecutionResult> getJobExecutionResult();

    /**
     * Follows what a collecting sink of the job takes in. One follower per sink.
     *
     * @param operatorId the sink's id in the job graph
     */
    CollectedBatches collect(int operatorId);
}
