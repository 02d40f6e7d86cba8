package io.millrace.client.cli.command;

import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line, does what its verb says, and turns every failure into a message and an exit code. */
public final class CommandLines {
    private static final String HELP = "--help";
    private static final String VERBOSE = "--verbose";
    private static final String VERSION = "--version";

    private final Terminal terminal;
    private final Distribution distribution;
    private final Interruption interruption;

    public CommandLines(Terminal terminal, Distribution distribution, Interruption interruption) {
        this.terminal = terminal;
        this.distribution = distribution;
        this.interruption = interruption;
    }

    /** Does what the words of a command line say. @return the exit code */
    public int run(List<String> words) {
        Terminal shown = terminal;
        try {
            ParseResult root = parse(words);
            ParseResult last = root;
            List<Verb> path = new ArrayList<>();
            List<Verb> candidates = Verbs.all();
            while (last.hasSubcommand()) {
                last = last.subcommand();
                Verb verb = named(last.commandSpec().name(), candidates);
                path.add(verb);
                candidates = verb.verbs();
            }
            if (has(root, VERBOSE)) {
                shown = terminal.withVerbose(true);
            }
            if (has(last, HELP)) {
                terminal.result(usage(last.commandSpec()));
                return ExitCode.OK;
            }
            Verb verb = path.isEmpty() && last.hasMatchedOption(VERSION)
                    ? Verbs.VERSION
                    : path.isEmpty() ? null : path.get(path.size() - 1);
            if (verb == null || !verb.verbs().isEmpty()) {
                throw verbMissing(last.commandSpec()).asException();
            }
            return verb.run(new Invocation(last, shown, distribution, interruption));
        } catch (ParameterException e) {
            shown.problem(ParseProblems.of(e));
            return ExitCode.BAD_INPUT;
        } catch (MillraceException e) {
            shown.problem(e.problem());
            showStack(shown, e);
            return ExitCode.of(e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } catch (IOException | RuntimeException | Error e) {
            shown.problem(Problem.of(CliError.INTERNAL_ERROR, "The command line failed: " + e)
                    .because("This is a bug of Millrace; a job that was submitted may still run")
                    .fix("Look for the job with 'millrace list'; report the bug with what --verbose shows"));
            showStack(shown, e);
            return ExitCode.INTERNAL_ERROR;
        }
    }

    private static ParseResult parse(List<String> words) {
        CommandSpec root = CommandSpec.create().name("millrace");
        root.usageMessage()
                .description("Runs stream processing jobs on a Millrace cluster.")
                .footer(
                        "",
                        "The servers: millrace jobmanager, millrace taskmanager [--config FILE] [-D KEY=VALUE]",
                        "Exit codes: 0 done, 1 job failed, 2 bad usage or input, 3 cluster unreachable, 4 no such job"
                                + " or wrong state, 70 a bug of Millrace, 130 interrupted");
        root.addOption(Flags.flag("Shows the version.", "-V", VERSION));
        common(root);
        CommandLine line = new CommandLine(root);
        Optional<Verb> first = words.isEmpty() ? Optional.empty() : find(words.get(0), Verbs.all());
        // Describing one verb where the first word says which keeps the start short.
        first.map(List::of).orElseGet(Verbs::all).forEach(verb -> add(verb, line));
        line.setExpandAtFiles(false);
        return line.parseArgs(words.toArray(String[]::new));
    }

    private static void add(Verb verb, CommandLine parent) {
        CommandSpec spec = CommandSpec.create().name(verb.name());
        spec.usageMessage().description(verb.summary());
        verb.describe(spec);
        common(spec);
        CommandLine line = new CommandLine(spec);
        verb.verbs().forEach(below -> add(below, line));
        parent.addSubcommand(verb.name(), line);
    }

    private static void common(CommandSpec spec) {
        spec.addOption(Flags.flag("Shows causes of errors.", VERBOSE));
        spec.addOption(Flags.flag("Shows this help.", "-h", HELP).toBuilder()
                .usageHelp(true)
                .build());
    }

    /** Whether an option is given to a command or to one below it. */
    private static boolean has(ParseResult result, String option) {
        return result.hasMatchedOption(option) || (result.hasSubcommand() && has(result.subcommand(), option));
    }

    private static Verb named(String name, List<Verb> candidates) {
        return find(name, candidates).orElseThrow(() -> new IllegalStateException("No verb " + name));
    }

    private static Optional<Verb> find(String name, List<Verb> candidates) {
        return candidates.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    private static Problem verbMissing(CommandSpec spec) {
        String verbs = String.join(", ", spec.subcommands().keySet());
        return Problem.of(CliError.VERB_MISSING, "'" + spec.qualifiedName() + "' needs to know what to do")
                .fix("Say one of " + verbs + "; '" + spec.qualifiedName() + " --help' explains them");
    }

    private String usage(CommandSpec spec) {
        StringWriter text = new StringWriter();
        spec.commandLine().usage(new PrintWriter(text), terminal.colours() ? Ansi.ON : Ansi.OFF);
        return text.toString().stripTrailing();
    }

    private static void showStack(Terminal shown, Throwable e) {
        if (shown.verbose()) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            shown.note(text.toString().stripTrailing());
        }
    }
}
