package io.millrace.client.cli.command;

import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.program.ProgramPlan;
import io.millrace.client.cli.program.ProgramSettings;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.FitView;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.identity.OperatorIdentities;
import io.millrace.common.graph.restore.StateFit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Says whether the job of a jar could begin with the state of a savepoint, without running it. */
final class CheckVerb implements Verb {
    private static final String FROM = "--from";
    private static final String ALLOW_DROPPED = "--allow-dropped-state";
    private static final String MAIN_CLASS = "--class";
    private static final String PARALLELISM = "--parallelism";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Says what of a savepoint the job of a jar would take up; needs no cluster and runs no job.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .footer(
                        "",
                        "main() runs up to its first job. Types of keys and of the states of reduce, aggregate and windows"
                                + " are compared here, those of states that functions ask for when the job starts."
                                + " Exit codes: 0 it fits, 2 it does not");
        spec.parser().stopAtPositional(true);
        spec.addOption(Flags.option("PATH", String.class, "Savepoint or kept checkpoint to begin with.", FROM));
        spec.addOption(Flags.flag("State of PATH that no operator takes up may be left behind.", ALLOW_DROPPED));
        spec.addOption(Flags.option("CLASS", String.class, "Main class, if not the manifest's.", "-c", MAIN_CLASS));
        spec.addOption(Flags.option("N", Integer.class, "Parallelism of operators that set none.", "-p", PARALLELISM));
        Flags.json(spec);
        Flags.settings(spec);
        spec.addPositional(Flags.parameter("JAR", 0, "The job's jar."));
        spec.addPositional(Flags.arguments());
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Terminal terminal = invocation.terminal();
        Optional<String> from = invocation.option(FROM);
        if (from.isEmpty()) {
            throw Problem.of(CliError.ARGUMENT_MISSING, "'millrace check' needs " + FROM + " PATH")
                    .fix("Name the savepoint that the job is to begin with")
                    .asException();
        }
        int parallelism = invocation.<Integer>option(PARALLELISM).orElse(0);
        if (parallelism < 0) {
            throw ParseProblems.badValue(PARALLELISM, Integer.toString(parallelism), "a positive number")
                    .asException();
        }
        try (FoundCheckpoint found = FoundCheckpoint.read(
                CheckpointPaths.location(FROM, from.get()),
                invocation.connection().configuration())) {
            JobJar jar = JobJar.open(
                    Path.of(invocation.parameter(0)),
                    invocation.<String>option(MAIN_CLASS).orElse(null));
            ProgramSettings settings = new ProgramSettings(
                    invocation.arguments().matchedPositionalValue(1, List.<String>of()),
                    parallelism,
                    null,
                    RunVerb.jobSettings(invocation.connection().configuration()),
                    true);
            JobGraph graph =
                    new ProgramPlan(jar, settings, invocation.interruption().requested()).make();
            StateFit fit = StateFit.of(found.manifest(), graph, OperatorIdentities.of(graph));
            Optional<Problem> refusal = fit.refusal(invocation.has(ALLOW_DROPPED));
            if (invocation.has(Flags.JSON)) {
                terminal.result(FitView.json(graph, fit, refusal));
            } else {
                FitView.lines(graph, fit).forEach(terminal::result);
            }
            refusal.ifPresent(
                    problem -> terminal.problem(problem.at(found.path().toString())));
            return refusal.isPresent() ? ExitCode.BAD_INPUT : ExitCode.OK;
        }
    }
}
