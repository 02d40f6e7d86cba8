package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.cluster.JobReference;
import io.millrace.client.cli.cluster.OutputEvent;
import io.millrace.client.cli.cluster.OutputStreamReader;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.program.TerminalObserver;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.FailureView;
import io.millrace.client.cli.view.JobListView;
import io.millrace.client.cli.view.JobStatusJson;
import io.millrace.client.cli.view.JobStatusView;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs about jobs that were submitted before. */
final class JobVerbs {
    static final String JOB_TEXT = "The job's id, the start of it, or its name.";

    private static final long END_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_MS = 50;

    private JobVerbs() {}

    static List<Verb> all() {
        return List.of(new ListJobs(), new Status(), new Cancel(), new Logs());
    }

    /** Shows all jobs. */
    private static final class ListJobs implements Verb {
        @Override
        public String name() {
            return "list";
        }

        @Override
        public String summary() {
            return "Lists the jobs of the cluster, newest first.";
        }

        @Override
        public void describe(CommandSpec spec) {
            Flags.json(spec);
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) {
            Terminal terminal = invocation.terminal();
            try (ClusterConnection cluster = invocation.connection().open()) {
                List<JobSummary> jobs = cluster.jobs();
                if (invocation.has(Flags.JSON)) {
                    terminal.result(JobListView.json(jobs));
                } else {
                    JobListView.lines(jobs, terminal.zone(), terminal.clock().epochMillis())
                            .forEach(terminal::result);
                }
                return ExitCode.OK;
            }
        }
    }

    /** Shows one job. */
    private static final class Status implements Verb {
        @Override
        public String name() {
            return "status";
        }

        @Override
        public String summary() {
            return "Shows a job: per operator records, busy and back-pressured share, watermark.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addPositional(Flags.parameter("JOB", 0, JOB_TEXT));
            Flags.json(spec);
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) {
            Terminal terminal = invocation.terminal();
            try (ClusterConnection cluster = invocation.connection().open()) {
                JobDetails details =
                        cluster.details(resolve(invocation, cluster).job());
                if (invocation.has(Flags.JSON)) {
                    terminal.result(JobStatusJson.of(details));
                    return ExitCode.OK;
                }
                JobStatusView.lines(details, terminal.zone(), terminal.clock().epochMillis())
                        .forEach(terminal::result);
                FailureView.show(terminal, details.failures(), "see them with --verbose");
                return ExitCode.OK;
            }
        }
    }

    /** Cancels one job. */
    private static final class Cancel implements Verb {
        @Override
        public String name() {
            return "cancel";
        }

        @Override
        public String summary() {
            return "Cancels a job and waits until nothing of it runs.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addPositional(Flags.parameter("JOB", 0, JOB_TEXT));
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) throws InterruptedException {
            Terminal terminal = invocation.terminal();
            try (ClusterConnection cluster = invocation.connection().open()) {
                JobId job = resolve(invocation, cluster).job();
                return told(terminal, awaitEnd(terminal, cluster, cluster.cancel(job)));
            }
        }

        private static int told(Terminal terminal, JobSummary summary) {
            String job = "Job " + summary.job() + " '" + summary.name() + "'";
            if (summary.status() == JobStatus.CANCELED) {
                terminal.note(job + " is cancelled");
                return ExitCode.OK;
            }
            if (!summary.status().isTerminal()) {
                terminal.note(job + " is still being cancelled: some user code does not end");
                return ExitCode.OK;
            }
            throw Problem.of(CliError.JOB_ALREADY_ENDED, job + " ended before it could be cancelled")
                    .because("it is " + summary.status())
                    .fix("See 'millrace status " + summary.job() + "'")
                    .asException();
        }
    }

    /** Shows what one job printed. */
    private static final class Logs implements Verb {
        private static final String FOLLOW = "--follow";

        @Override
        public String name() {
            return "logs";
        }

        @Override
        public String summary() {
            return "Shows what a job has printed, as far as it is retained.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addPositional(Flags.parameter("JOB", 0, JOB_TEXT));
            spec.addOption(Flags.flag("Goes on until the job ends; Ctrl-C leaves the job alone.", "-f", FOLLOW));
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) throws InterruptedException {
            Terminal terminal = invocation.terminal();
            try (ClusterConnection cluster = invocation.connection().open()) {
                JobId job = resolve(invocation, cluster).job();
                try (OutputStreamReader reader = cluster.follow(job, !invocation.has(FOLLOW))) {
                    OutputEvent event = reader.next();
                    while (!(event instanceof OutputEvent.End)) {
                        if (event instanceof OutputEvent.Lines lines) {
                            TerminalObserver.show(terminal, lines.lines());
                        }
                        event = reader.next();
                    }
                }
                return ExitCode.OK;
            }
        }
    }

    /** What a job is when it has ended, or after as long as one waits for that. */
    static JobSummary awaitEnd(Terminal terminal, ClusterConnection cluster, JobSummary first)
            throws InterruptedException {
        JobSummary summary = first;
        long deadline = terminal.clock().nanoTime() + END_TIMEOUT_NANOS;
        while (!summary.status().isTerminal() && terminal.clock().nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            summary = cluster.details(summary.job()).summary();
        }
        return summary;
    }

    static JobSummary resolve(Invocation invocation, ClusterConnection cluster) {
        return JobReference.resolve(invocation.parameter(0), cluster.jobs());
    }
}
