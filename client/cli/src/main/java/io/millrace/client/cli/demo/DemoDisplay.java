package io.millrace.client.cli.demo;

import io.millrace.client.cli.program.JobObserver;
import io.millrace.client.cli.terminal.Colour;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.FailureView;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows the demonstration's output and counts it by kind. Every alert is shown; of the metrics, which come by the
 * hundreds, a few each second.
 */
final class DemoDisplay implements JobObserver {
    private static final Pattern KIND = Pattern.compile("\"type\" ?: ?\"([a-z_]+)\"");
    private static final String METRICS = "user_metrics";
    private static final int METRICS_PER_SECOND = 3;

    private final Terminal terminal;
    private final CompletableFuture<JobSummary> running = new CompletableFuture<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private JobId job = new JobId(0, 0);
    private long dropped;
    private long second = Long.MIN_VALUE;
    private int metricsThisSecond;

    DemoDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Completes when the job runs, with what it is then. */
    CompletableFuture<JobSummary> running() {
        return running;
    }

    /** How many lines of each kind came. To be asked when the job has ended. */
    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** How many lines the JobManager dropped because this process was too slow. */
    long dropped() {
        return dropped;
    }

    /** The job; empty if none was accepted. */
    Optional<JobId> job() {
        return job.equals(new JobId(0, 0)) ? Optional.empty() : Optional.of(job);
    }

    @Override
    public void submitted(JobSummary accepted) {
        job = accepted.job();
        terminal.note("Submitted job '" + accepted.name() + "'; Ctrl-C ends the demo");
    }

    @Override
    public void progressed(JobSummary summary) {
        if (summary.status() == JobStatus.RUNNING) {
            running.complete(summary);
        }
    }

    @Override
    public void printed(PrintedLines lines) {
        dropped += lines.droppedBefore();
        for (String line : lines.lines()) {
            Matcher matcher = KIND.matcher(line);
            String kind = matcher.find() ? matcher.group(1) : "other";
            counts.merge(kind, 1L, Long::sum);
            if (!kind.equals(METRICS) || mayShowMetrics()) {
                terminal.out().println(kind.endsWith("_alert") ? terminal.paint(Colour.RED, line) : line);
            }
        }
        terminal.out().flush();
    }

    @Override
    public void ended(JobId ended, JobEnd end) {
        FailureView.show(terminal, end.failures(), "see them with --verbose");
    }

    private boolean mayShowMetrics() {
        long now = TimeUnit.NANOSECONDS.toSeconds(terminal.clock().nanoTime());
        if (now != second) {
            second = now;
            metricsThisSecond = 0;
        }
        metricsThisSecond++;
        return metricsThisSecond <= METRICS_PER_SECOND;
    }
}
