package io.millrace.deploy.local;

import io.millrace.client.cli.program.JobObserver;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;

/** Prints what jobs print, and that lines are missing where some are. */
final class ConsoleObserver implements JobObserver {

    @Override
    public void submitted(JobSummary job) {
        // A program started by itself needs no word on how its jobs come about.
    }

    @Override
    public void progressed(JobSummary job) {
        // As above.
    }

    @Override
    public void printed(PrintedLines lines) {
        if (lines.droppedBefore() > 0) {
            System.err.println("(" + lines.droppedBefore() + " lines dropped)");
        }
        lines.lines().forEach(line -> (lines.standardError() ? System.err : System.out).println(line));
    }

    @Override
    public void ended(JobId job, JobEnd end) {
        // execute() returns or throws.
    }
}
