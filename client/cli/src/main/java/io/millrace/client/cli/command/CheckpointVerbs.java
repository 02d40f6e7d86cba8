package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.CheckpointListView;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointSummary;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The verbs about a job's checkpoints. */
final class CheckpointVerbs {

    private CheckpointVerbs() {}

    static List<Verb> all() {
        return List.of(new Checkpoints(), new Savepoint(), new StopVerb());
    }

    /** Shows the checkpoints of one job. */
    private static final class Checkpoints implements Verb {
        @Override
        public String name() {
            return "checkpoints";
        }

        @Override
        public String summary() {
            return "Lists a job's last checkpoints, why some were slow or failed, and the paths of those kept.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addPositional(Flags.parameter("JOB", 0, JobVerbs.JOB_TEXT));
            Flags.json(spec);
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) {
            Terminal terminal = invocation.terminal();
            try (ClusterConnection cluster = invocation.connection().open()) {
                JobId job = JobVerbs.resolve(invocation, cluster).job();
                List<CheckpointSummary> checkpoints = cluster.checkpoints(job);
                if (invocation.has(Flags.JSON)) {
                    terminal.result(CheckpointListView.json(checkpoints));
                } else {
                    CheckpointListView.lines(checkpoints, terminal.zone()).forEach(terminal::result);
                }
                return ExitCode.OK;
            }
        }
    }

    /** Takes a savepoint of one job. */
    private static final class Savepoint implements Verb {
        @Override
        public String name() {
            return "savepoint";
        }

        @Override
        public String summary() {
            return "Takes a savepoint of a running job, waits for it and prints its path; the job runs on.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addPositional(Flags.parameter("JOB", 0, JobVerbs.JOB_TEXT));
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel("DIR")
                    .index("1")
                    .arity("0..1")
                    .type(String.class)
                    .description("Where the job gets a folder for its savepoints: an absolute path that all processes"
                            + " see, if not the cluster's.")
                    .build());
            Flags.connection(spec);
        }

        @Override
        public int run(Invocation invocation) {
            try (ClusterConnection cluster = invocation.connection().open()) {
                JobId job = JobVerbs.resolve(invocation, cluster).job();
                invocation.terminal().result(cluster.savepoint(job, CheckpointKind.SAVEPOINT, invocation.parameter(1)));
                return ExitCode.OK;
            }
        }
    }
}
