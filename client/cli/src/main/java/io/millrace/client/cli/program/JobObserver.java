package io.millrace.client.cli.program;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;

/**
 * Is told what happens to the jobs that a program submits: of one job in order and one at a time, of several jobs
 * possibly at the same time.
 */
public interface JobObserver {

    /** The cluster has accepted the job. */
    void submitted(JobSummary job);

    /** The job or some of its subtasks entered another status. */
    void progressed(JobSummary job);

    void printed(PrintedLines lines);

    /** The last of all: the job has ended. */
    void ended(JobId job, JobEnd end);
}
