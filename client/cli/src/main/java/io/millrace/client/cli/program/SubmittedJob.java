package io.millrace.client.cli.program;

import io.millrace.api.execution.CollectedBatches;
import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutionResult;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.cluster.JobEnds;
import io.millrace.client.cli.cluster.OutputEvent;
import io.millrace.client.cli.cluster.OutputStreamReader;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A job that this process submitted, followed by a thread of its own from when somebody wants to know its end. */
final class SubmittedJob implements JobClient {
    private final ClusterConnection cluster;
    private final JobSummary summary;
    private final JobObserver observer;
    private final AtomicBoolean followed = new AtomicBoolean();
    private final CompletableFuture<JobEnd> end = new CompletableFuture<>();
    private final CompletableFuture<JobExecutionResult> result;

    SubmittedJob(ClusterConnection cluster, JobSummary summary, JobObserver observer) {
        this.cluster = cluster;
        this.summary = summary;
        this.observer = observer;
        this.result = end.thenApply(this::resultOf);
    }

    /** Starts to read what the job prints and how it ends; once. */
    void follow() {
        if (followed.compareAndSet(false, true)) {
            Thread reader = new Thread(this::read, "output of job " + summary.job());
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** Completes at the job's end; with a {@link MillraceException} if the connection is lost before. */
    CompletableFuture<JobEnd> end() {
        return end;
    }

    /** Whether the program got to know of this job's failure by this exception. */
    boolean isReason(Throwable thrown) {
        if (!result.isCompletedExceptionally()) {
            return false;
        }
        Throwable own = result.handle((ended, failure) -> failure).join();
        Throwable reason = own instanceof MillraceException || own.getCause() == null ? own : own.getCause();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause == reason) {
                return true;
            }
        }
        return false;
    }

    @Override
    public JobId getJobID() {
        return summary.job();
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return cluster.detailsLater(summary.job())
                .thenApply(details -> details.summary().status());
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return cluster.cancelLater(summary.job());
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        follow();
        return result;
    }

    @Override
    public CollectedBatches collect(int operatorId) {
        return cluster.results(summary.job(), operatorId);
    }

    private void read() {
        try (OutputStreamReader reader = cluster.follow(summary.job(), false)) {
            while (!end.isDone()) {
                OutputEvent event = reader.next();
                if (event instanceof OutputEvent.Lines lines) {
                    observer.printed(lines.lines());
                } else if (event instanceof OutputEvent.Progress progress) {
                    observer.progressed(progress.summary());
                } else if (event instanceof OutputEvent.End last) {
                    observer.ended(summary.job(), last.end());
                    end.complete(last.end());
                }
            }
        } catch (MillraceException e) {
            end.completeExceptionally(e.problem().where().isEmpty() ? named(e) : e);
        } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private MillraceException named(MillraceException e) {
        return e.problem().at("job " + summary.job()).asException(e);
    }

    private JobExecutionResult resultOf(JobEnd ended) {
        Optional<Problem> problem = JobEnds.problemOf(summary.job(), ended);
        if (problem.isPresent()) {
            throw problem.get().asException();
        }
        return new JobExecutionResult(summary.job(), Math.max(0, ended.endedAtEpochMs() - ended.submittedAtEpochMs()));
    }
}
