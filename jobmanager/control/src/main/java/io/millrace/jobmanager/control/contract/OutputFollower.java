package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;

/** A client that follows what a job prints. Compared by identity; called by whoever executes the commands. */
public interface OutputFollower {

    /** Lines that were printed; the next item comes after {@link Event.OutputReady}. */
    void lines(PrintedLines lines);

    /** Another status or other counts of subtask states; the next item comes after {@link Event.OutputReady}. */
    void progress(JobSummary summary);

    /** Nothing follows. */
    void end(JobEnd end);

    /** Nothing follows. */
    void refused(Problem problem);
}
