package io.millrace.api.execution;

import io.millrace.common.graph.JobGraph;

/**
 * Runs jobs: on a cluster, or embedded in this process. The launcher of a {@code main()} hands one in with
 * {@link ExecutionContext}; otherwise the one that a {@link JobExecutorFactory} on the class path makes is used.
 */
public interface JobExecutor {

    /**
     * Submits a job and returns when it is accepted. Jars of the job are the executor's to add.
     *
     * @throws io.millrace.common.core.error.MillraceException if it is refused or the cluster cannot be reached
     */
    JobClient submit(JobGraph graph);
}
