package io.millrace.client.cli.program;

import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.JobListView;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;

/** Prints the ids of jobs that are left alone, one in a line. */
public final class DetachedObserver implements JobObserver {
    private final Terminal terminal;
    private final boolean json;

    public DetachedObserver(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    @Override
    public void submitted(JobSummary job) {
        terminal.result(json ? JobListView.json(job) : job.job().toString());
    }

    @Override
    public void progressed(JobSummary job) {
        // Of interest to whoever asks with 'status'.
    }

    @Override
    public void printed(PrintedLines lines) {
        // Kept by the JobManager for 'logs'.
    }

    @Override
    public void ended(JobId job, JobEnd end) {
        // Only comes if the program itself waits for its job.
    }
}
