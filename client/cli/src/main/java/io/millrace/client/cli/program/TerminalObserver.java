package io.millrace.client.cli.program;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.terminal.Colour;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.FailureView;
import io.millrace.client.cli.view.Times;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shows on the terminal what happens to jobs: their printed lines as results, all else as notes. */
public final class TerminalObserver implements JobObserver {
    private final Terminal terminal;
    private final ClusterConnection cluster;
    private final Map<JobId, JobStatus> told = new ConcurrentHashMap<>();

    public TerminalObserver(Terminal terminal, ClusterConnection cluster) {
        this.terminal = terminal;
        this.cluster = cluster;
    }

    @Override
    public void submitted(JobSummary job) {
        terminal.note("Submitted job " + job.job() + " '" + job.name() + "'; Ctrl-C cancels it");
    }

    @Override
    public void progressed(JobSummary job) {
        if (told.put(job.job(), job.status()) == job.status()) {
            // The same status again, with other counts of subtasks.
            return;
        }
        switch (job.status()) {
            case WAITING_FOR_SLOTS -> terminal.note("Waiting for slots" + needAndHave(job.job()));
            case DEPLOYING ->
                terminal.note("Deploying "
                        + job.subtasks().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum() + " subtasks");
            case RUNNING -> terminal.note("Running");
            case RESTARTING ->
                terminal.note(terminal.paint(Colour.RED, "Restarting") + origin(job.job()) + cause(job.job()));
            case FAILING -> terminal.note(terminal.paint(Colour.RED, "Failing"));
            case CANCELLING -> terminal.note("Cancelling");
            case CREATED, FINISHED, CANCELED, FAILED, LOST -> {
                // Told when the job is accepted and when it ends.
            }
        }
    }

    @Override
    public void printed(PrintedLines lines) {
        show(terminal, lines);
    }

    /** Writes lines where the job wrote them, and says how many are missing before them. */
    public static void show(Terminal terminal, PrintedLines lines) {
        if (lines.droppedBefore() > 0) {
            terminal.note("(" + lines.droppedBefore() + " lines of '" + lines.operator() + "', subtask "
                    + (lines.subtask() + 1) + ", were dropped here: nobody took them in time)");
        }
        var stream = lines.standardError() ? terminal.err() : terminal.out();
        lines.lines().forEach(stream::println);
        stream.flush();
    }

    @Override
    public void ended(JobId job, JobEnd end) {
        String after = end.submittedAtEpochMs() == 0
                ? ""
                : " after " + Times.span(end.endedAtEpochMs() - end.submittedAtEpochMs());
        switch (end.status()) {
            case FINISHED -> terminal.note(terminal.paint(Colour.GREEN, "Finished") + after);
            case CANCELED -> terminal.note(terminal.paint(Colour.YELLOW, "Cancelled") + after);
            default -> {
                terminal.note(terminal.paint(Colour.RED, wordFor(end.status())) + after);
                FailureView.show(terminal, end.failures(), "millrace status " + job);
            }
        }
    }

    private static String wordFor(JobStatus status) {
        return status == JobStatus.FAILED ? "Failed" : status.name();
    }

    /** Why the job starts again; nothing if the JobManager does not say. */
    private String cause(JobId job) {
        try {
            return cluster.details(job).failures().stream()
                    .findFirst()
                    .map(failure -> ": " + failure.problem().what())
                    .orElse("");
        } catch (MillraceException e) {
            return "";
        }
    }

    /** From where the job goes on; nothing if the JobManager does not say. */
    private String origin(JobId job) {
        try {
            Optional<CheckpointSummary> latest = cluster.checkpoints(job).stream()
                    .filter(checkpoint ->
                            !checkpoint.path().isEmpty() && !checkpoint.kind().isSavepoint())
                    .findFirst();
            String path = cluster.details(job).origin().path();
            return latest.map(checkpoint -> " from checkpoint " + checkpoint.checkpoint())
                    .orElse(path.isEmpty() ? " from the beginning" : " from " + path);
        } catch (MillraceException e) {
            return "";
        }
    }

    /** What the job waits for; nothing if the JobManager does not say. */
    private String needAndHave(JobId job) {
        try {
            JobDetails details = cluster.details(job);
            return ": the job needs " + details.slotsNeeded() + ", " + details.slotsAvailable() + " are free";
        } catch (MillraceException e) {
            return "";
        }
    }
}
