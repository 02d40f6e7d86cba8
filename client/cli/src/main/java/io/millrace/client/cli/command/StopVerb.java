package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.JobSummary;
import picocli.CommandLine.Model.CommandSpec;

/** Ends a job with a savepoint. */
final class StopVerb implements Verb {
    private static final String SAVEPOINT = "--savepoint";
    private static final String DRAIN = "--drain";

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String summary() {
        return "Ends a job with a savepoint, to go on from with 'run --from'; prints its path.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(Flags.parameter("JOB", 0, JobVerbs.JOB_TEXT));
        spec.addOption(Flags.option(
                "DIR",
                String.class,
                "Where the job gets a folder for its savepoints: an absolute path that all processes see, if not the"
                        + " cluster's.",
                SAVEPOINT));
        spec.addOption(Flags.flag(
                "Ends the sources first and fires all windows and timers; for a job that is not to go on.", DRAIN));
        Flags.connection(spec);
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Terminal terminal = invocation.terminal();
        CheckpointKind kind = invocation.has(DRAIN) ? CheckpointKind.DRAIN : CheckpointKind.SAVEPOINT_THEN_STOP;
        try (ClusterConnection cluster = invocation.connection().open()) {
            JobId job = JobVerbs.resolve(invocation, cluster).job();
            // Told at once: whatever becomes of the job now, the savepoint is there.
            terminal.result(cluster.savepoint(
                    job, kind, invocation.<String>option(SAVEPOINT).orElse("")));
            return told(
                    terminal,
                    JobVerbs.awaitEnd(terminal, cluster, cluster.details(job).summary()));
        }
    }

    private static int told(Terminal terminal, JobSummary summary) {
        String job = "Job " + summary.job() + " '" + summary.name() + "'";
        if (!summary.status().isTerminal()) {
            terminal.note(job + " is still being stopped: some user code does not end");
            return ExitCode.OK;
        }
        if (summary.status() != JobStatus.FINISHED) {
            throw Problem.of(CliError.JOB_FAILED, job + " has its savepoint, and did not end well after it")
                    .because("it is " + summary.status())
                    .fix("See 'millrace status " + summary.job() + "'")
                    .asException();
        }
        terminal.note(job + " is stopped");
        return ExitCode.OK;
    }
}
