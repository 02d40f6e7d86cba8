package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;

/** A job as clients are shown it now. */
record JobPicture(JobDefinition job, JobStatus status, long statusSinceEpochMs, JobRun run, FailureHistory failures) {

    JobSummary summary() {
        return new JobSummary(
                job.id(),
                job.graph().name(),
                status,
                job.submittedAtEpochMs(),
                status.isTerminal() ? statusSinceEpochMs : 0,
                run.execution().counts());
    }

    /**
     * @param slotsAvailable to the job now
     * @param waitsFor what keeps its next run from beginning, for people; empty if nothing does
     */
    JobDetails details(int slotsNeeded, int slotsAvailable, String waitsFor) {
        return new JobDetails(
                summary(),
                run.number(),
                statusSinceEpochMs,
                slotsNeeded,
                slotsAvailable,
                new JobDetails.Restarts(run.number() - 1, waitsFor),
                job.origin()
                        .map(origin -> new JobDetails.Origin(origin.path(), origin.dropped()))
                        .orElse(JobDetails.Origin.NONE),
                failures.all(),
                new VertexViews(job.graph(), run.execution()).all());
    }

    JobEnd end() {
        boolean failed = status == JobStatus.FAILED || status == JobStatus.FAILING;
        return new JobEnd(
                status,
                failed ? failures.newest() : List.of(),
                job.submittedAtEpochMs(),
                summary().endedAtEpochMs());
    }
}
