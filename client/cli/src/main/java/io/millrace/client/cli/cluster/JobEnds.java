package io.millrace.client.cli.cluster;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import java.util.Optional;

/** What the program that submitted a job is told about its end. */
public final class JobEnds {

    private JobEnds() {}

    /** @throws MillraceException unless the job finished */
    public static void requireFinished(JobId job, JobEnd end) {
        Optional<Problem> problem = problemOf(job, end);
        if (problem.isPresent()) {
            throw problem.get().asException();
        }
    }

    /** Why the job did not finish: its first failure's problem, or that it was cancelled; empty if it finished. */
    public static Optional<Problem> problemOf(JobId job, JobEnd end) {
        return switch (end.status()) {
            case FINISHED -> Optional.empty();
            case CANCELED, CANCELLING ->
                Optional.of(Problem.of(CliError.JOB_CANCELED, "Job " + job + " was cancelled")
                        .fix("Start it again with 'millrace run'"));
            case LOST ->
                Optional.of(Problem.of(CliError.JOB_LOST, "Job " + job + " was lost")
                        .because("The JobManager that ran it is gone, and its successor does not know it")
                        .fix("Start it again with 'millrace run'"));
            default ->
                Optional.of(
                        end.failures().isEmpty()
                                ? Problem.of(CliError.JOB_FAILED, "Job " + job + " failed")
                                        .because("The JobManager gave no reason: it is " + end.status())
                                        .fix("Look at the JobManager's log")
                                : end.failures().get(0).problem());
        };
    }
}
