package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.program.DetachedObserver;
import io.millrace.client.cli.program.JobObserver;
import io.millrace.client.cli.program.JobSession;
import io.millrace.client.cli.program.ProgramSettings;
import io.millrace.client.cli.program.TerminalObserver;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.config.ConfigCatalog;
import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.status.ClusterStatus;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the main() of a jar and the jobs it submits. */
final class RunVerb implements Verb {
    private static final String DETACHED = "--detached";
    private static final String MAIN_CLASS = "--class";
    private static final String PARALLELISM = "--parallelism";
    private static final String NAME = "--name";
    private static final String FROM = "--from";
    private static final String ALLOW_DROPPED = "--allow-dropped-state";
    private static final String ALL_SLOTS = "max";
    private static final int MAX_PARALLELISM = 32_768;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Runs the job of a jar: its main() here, the job on the cluster.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .footer(
                        "",
                        "What the job prints is shown here until it ends; Ctrl-C cancels the job. Options come before"
                                + " JAR, everything after it goes to main().");
        spec.parser().stopAtPositional(true);
        spec.addOption(Flags.flag("Returns once the job is accepted, prints its id.", "-d", DETACHED));
        spec.addOption(Flags.option("CLASS", String.class, "Main class, if not the manifest's.", "-c", MAIN_CLASS));
        spec.addOption(Flags.option(
                "N", String.class, "Parallelism of operators that set none; max: all free slots.", "-p", PARALLELISM));
        spec.addOption(Flags.option("NAME", String.class, "Name of the job, whatever its program says.", NAME));
        spec.addOption(Flags.option(
                "PATH", String.class, "Savepoint or kept checkpoint whose state the job begins with.", FROM));
        spec.addOption(Flags.flag("Leaves state of PATH behind that no operator takes up.", ALLOW_DROPPED));
        Flags.json(spec);
        Flags.connection(spec);
        spec.addPositional(Flags.parameter("JAR", 0, "The job's jar."));
        spec.addPositional(Flags.arguments());
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Terminal terminal = invocation.terminal();
        boolean detached = invocation.has(DETACHED);
        if (invocation.has(Flags.JSON) && !detached) {
            throw Problem.of(
                            CliError.OPTION_CONFLICT,
                            "--json is only for run -d: an attached run shows the job's output")
                    .fix("Add -d, or leave --json out")
                    .asException();
        }
        String parallelism = checkedParallelism(invocation);
        Map<String, String> origin = origin(invocation);
        Connection connection = invocation.connection();
        JobJar jar = JobJar.open(
                Path.of(invocation.parameter(0)),
                invocation.<String>option(MAIN_CLASS).orElse(null));
        jar.warnings().forEach(terminal::warn);
        try (ClusterConnection cluster = connection.open()) {
            // Asked first, so that a cluster that is not there is told before the program has done anything.
            ClusterStatus status = cluster.status();
            ProgramSettings settings = new ProgramSettings(
                    invocation.arguments().matchedPositionalValue(1, List.<String>of()),
                    parallelism(parallelism, status),
                    invocation.<String>option(NAME).orElse(null),
                    settings(connection.configuration(), origin),
                    detached);
            JobObserver observer = detached
                    ? new DetachedObserver(terminal, invocation.has(Flags.JSON))
                    : new TerminalObserver(terminal, cluster);
            return new JobSession(
                            cluster,
                            jar,
                            settings,
                            observer,
                            terminal,
                            invocation.interruption().requested())
                    .run();
        }
    }

    /** The value of -p as it was given, known to be of an accepted form. */
    private static String checkedParallelism(Invocation invocation) {
        String value = invocation.<String>option(PARALLELISM).orElse("0");
        boolean given = invocation.has(PARALLELISM);
        boolean accepted = value.equals(ALL_SLOTS)
                || (value.matches("[0-9]{1,5}")
                        && Integer.parseInt(value) <= MAX_PARALLELISM
                        && (!given || Integer.parseInt(value) > 0));
        if (!accepted) {
            throw ParseProblems.badValue(
                            PARALLELISM, value, "a whole number from 1 to " + MAX_PARALLELISM + ", or " + ALL_SLOTS)
                    .asException();
        }
        return value;
    }

    private static int parallelism(String value, ClusterStatus status) {
        if (!value.equals(ALL_SLOTS)) {
            return Integer.parseInt(value);
        }
        if (status.slotsFree() == 0) {
            throw Problem.of(CliError.NO_FREE_SLOTS, "There is no free slot for -p max")
                    .because("all " + status.slotsTotal() + " slots of "
                            + status.taskManagers().size() + " TaskManagers are taken")
                    .fix("Cancel a job or start more TaskManagers; with -p N the job waits for slots")
                    .asException();
        }
        return status.slotsFree();
    }

    /** What --from and --allow-dropped-state say, as settings of the job. */
    private static Map<String, String> origin(Invocation invocation) {
        Map<String, String> settings = new HashMap<>();
        invocation
                .<String>option(FROM)
                .ifPresent(path -> settings.put(
                        JobOptions.FROM.key(),
                        CheckpointPaths.location(FROM, path).toString()));
        if (invocation.has(ALLOW_DROPPED)) {
            if (settings.isEmpty()) {
                throw Problem.of(CliError.OPTION_CONFLICT, ALLOW_DROPPED + " says nothing without " + FROM)
                        .fix("Name the savepoint with " + FROM + " PATH, or leave it out")
                        .asException();
            }
            settings.put(JobOptions.ALLOW_DROPPED_STATE.key(), "true");
        }
        return settings;
    }

    /** The settings that are a job's; all others are the cluster's and were given to it when it started. */
    static Map<String, String> jobSettings(Configuration configuration) {
        Map<String, String> settings = new HashMap<>(configuration.toMap());
        settings.keySet()
                .retainAll(
                        ConfigCatalog.ofJobs().stream().map(ConfigOption::key).collect(Collectors.toSet()));
        return settings;
    }

    private static Map<String, String> settings(Configuration configuration, Map<String, String> more) {
        Map<String, String> settings = jobSettings(configuration);
        settings.putAll(more);
        return settings;
    }
}
