package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.status.JobEnd;

/** A client that takes a job's results. Compared by identity; called by whoever executes the commands. */
public interface ResultFollower {

    /** The next batch of a subtask; the next item comes after {@link Event.ResultsReady}. */
    void results(int subtask, long sequence, OpaqueBytes batch);

    /** Nothing follows. */
    void end(JobEnd end);

    /** Nothing follows. */
    void refused(Problem problem);
}
