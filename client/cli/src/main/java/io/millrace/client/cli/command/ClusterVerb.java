package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.local.ClusterPlan;
import io.millrace.client.cli.local.ClusterStart;
import io.millrace.client.cli.local.LocalCluster;
import io.millrace.client.cli.local.RunDirectory;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.ClusterView;
import io.millrace.client.cli.view.Times;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.status.ClusterStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Starts, stops and shows clusters. */
final class ClusterVerb implements Verb {

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String summary() {
        return "Starts and stops a cluster on this machine, shows any cluster.";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(new Start(), new Stop(), new Status());
    }

    @Override
    public void describe(CommandSpec spec) {
        // All options belong to the verbs below.
    }

    @Override
    public int run(Invocation invocation) {
        throw new IllegalStateException("One of the verbs below is run");
    }

    /** Starts processes in the background. */
    private static final class Start implements Verb {
        private static final String TASK_MANAGERS = "--taskmanagers";
        private static final int USUAL_TASK_MANAGERS = 2;
        private static final int MOST_TASK_MANAGERS = 64;

        @Override
        public String name() {
            return "start";
        }

        @Override
        public String summary() {
            return "Starts a JobManager and TaskManagers in the background on this machine.";
        }

        @Override
        public void describe(CommandSpec spec) {
            spec.addOption(Flags.option("N", int.class, "How many TaskManagers, 2 unless given.", "-t", TASK_MANAGERS));
            Flags.settings(spec);
        }

        @Override
        public int run(Invocation invocation) throws InterruptedException {
            Terminal terminal = invocation.terminal();
            long begin = terminal.clock().nanoTime();
            int taskManagers = invocation.<Integer>option(TASK_MANAGERS).orElse(USUAL_TASK_MANAGERS);
            if (taskManagers < 1 || taskManagers > MOST_TASK_MANAGERS) {
                throw ParseProblems.badValue(
                                TASK_MANAGERS,
                                Integer.toString(taskManagers),
                                "a whole number from 1 to " + MOST_TASK_MANAGERS)
                        .asException();
            }
            Connection connection = invocation.connection();
            Path data = connection
                    .distribution()
                    .dataDirectory(connection.configuration())
                    .toAbsolutePath();
            ClusterPlan plan = new ClusterPlan(
                    connection.distribution().launcher(),
                    data,
                    connection.configFile().map(Path::toAbsolutePath),
                    connection.configuration(),
                    connection.overrides(),
                    taskManagers);
            LocalCluster cluster = LocalCluster.launch(plan);
            Optional<ClusterStatus> ready =
                    ClusterStart.awaitOrStop(cluster, invocation.interruption().requested(), terminal.clock());
            if (ready.isEmpty()) {
                terminal.note("Interrupted: what was started is stopped again");
                return ExitCode.INTERRUPTED;
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(terminal.clock().nanoTime() - begin);
            terminal.result(ClusterView.ready(ready.get(), cluster.address().toString(), Times.span(millis)));
            terminal.note("Logs are in " + new RunDirectory(data).path() + "; stop it with 'millrace cluster stop'");
            return ExitCode.OK;
        }
    }

    /** Stops what start started. */
    private static final class Stop implements Verb {
        @Override
        public String name() {
            return "stop";
        }

        @Override
        public String summary() {
            return "Stops the cluster that 'cluster start' started on this machine.";
        }

        @Override
        public void describe(CommandSpec spec) {
            Flags.settings(spec);
        }

        @Override
        public int run(Invocation invocation) throws InterruptedException {
            Connection connection = invocation.connection();
            RunDirectory directory =
                    new RunDirectory(connection.distribution().dataDirectory(connection.configuration()));
            int stopped = LocalCluster.stopAll(directory);
            if (stopped == 0) {
                throw Problem.of(CliError.NO_LOCAL_CLUSTER, "No cluster runs that was started here")
                        .because("no process is noted in " + directory.path())
                        .fix("One started with another data.dir is stopped with the same -D data.dir=DIRECTORY")
                        .asException();
            }
            invocation.terminal().result("Stopped " + stopped + (stopped == 1 ? " process" : " processes"));
            return ExitCode.OK;
        }
    }

    /** Asks the JobManager. */
    private static final class Status implements Verb {
        @Override
        public String name() {
            return "status";
        }

        @Override
        public String summary() {
            return "Shows the cluster's TaskManagers and slots.";
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
                ClusterStatus status = cluster.status();
                String address = cluster.address().toString();
                if (invocation.has(Flags.JSON)) {
                    terminal.result(ClusterView.json(status, address));
                } else {
                    ClusterView.lines(status, address, terminal.zone()).forEach(terminal::result);
                }
                return ExitCode.OK;
            }
        }
    }
}
