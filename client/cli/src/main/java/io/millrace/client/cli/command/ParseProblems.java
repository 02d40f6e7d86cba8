package io.millrace.client.cli.command;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.Suggestion;
import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user is told about a command line that cannot be read. */
final class ParseProblems {

    private ParseProblems() {}

    static Problem of(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String help = "'" + spec.qualifiedName() + " --help' shows what is accepted";
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), spec, help);
        }
        if (e instanceof OverwrittenOptionException overwritten) {
            return Problem.of(CliError.OPTION_DUPLICATE, describe(overwritten.getOverwritten()) + " is given twice")
                    .fix("Give it once; " + help);
        }
        if (e instanceof MissingParameterException missing) {
            return missing(missing, help);
        }
        ArgSpec argument = e.getArgSpec();
        if (argument != null && argument.isMultiValue() && argument.type() == Map.class) {
            return badValue(Flags.DEFINE, String.valueOf(e.getValue()), "KEY=VALUE, such as taskmanager.slots=4");
        }
        return Problem.of(
                        CliError.OPTION_VALUE_INVALID,
                        argument == null
                                ? String.valueOf(e.getMessage())
                                : describe(argument) + " does not accept '" + e.getValue() + "'")
                .because(argument == null ? "" : form(argument))
                .fix(help);
    }

    /** What to say of a value that was parsed as text and is of no accepted form. */
    static Problem badValue(String option, String value, String accepted) {
        return Problem.of(CliError.OPTION_VALUE_INVALID, "Option " + option + " does not accept '" + value + "'")
                .fix("Give " + accepted);
    }

    private static Problem unmatched(String word, CommandSpec spec, String help) {
        if (word.startsWith("-") && word.length() > 1) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            return Problem.of(CliError.UNKNOWN_OPTION, "'" + spec.qualifiedName() + "' has no option '" + name + "'")
                    .fix(Suggestion.of(name, spec.optionsMap().keySet())
                                    .map(nearest -> "Did you mean " + nearest + "? ")
                                    .orElse("")
                            + help);
        }
        if (!spec.subcommands().isEmpty()) {
            List<String> verbs = new ArrayList<>(spec.subcommands().keySet());
            if (spec.parent() == null) {
                verbs.addAll(Verbs.SERVERS);
            }
            return Problem.of(CliError.UNKNOWN_VERB, "'" + spec.qualifiedName() + "' has no verb '" + word + "'")
                    .fix(Suggestion.of(word, verbs)
                                    .map(nearest -> "Did you mean '" + nearest + "'? ")
                                    .orElse("")
                            + help);
        }
        return Problem.of(CliError.ARGUMENT_UNEXPECTED, "'" + word + "' is one argument too many")
                .at(spec.qualifiedName())
                .fix(help);
    }

    private static Problem missing(MissingParameterException e, String help) {
        List<ArgSpec> missing = e.getMissing();
        ArgSpec first = missing.isEmpty() ? e.getArgSpec() : missing.get(0);
        if (first instanceof OptionSpec option) {
            return Problem.of(CliError.OPTION_VALUE_MISSING, describe(option) + " needs a value")
                    .because(form(option))
                    .fix(help);
        }
        String what = first == null ? "an argument" : first.paramLabel();
        return Problem.of(CliError.ARGUMENT_MISSING, what + " is missing")
                .at(e.getCommandLine().getCommandSpec().qualifiedName())
                .because(first == null ? "" : form(first))
                .fix(help);
    }

    private static String describe(ArgSpec argument) {
        return argument instanceof OptionSpec option ? "Option " + option.longestName() : argument.paramLabel();
    }

    /** What the help says of it. */
    private static String form(ArgSpec argument) {
        String text = argument.description().length == 0 ? "" : argument.description()[0];
        return argument.type() == int.class || argument.type() == long.class
                ? "it takes a whole number; " + text
                : text;
    }
}
