package io.millrace.client.cli.command;

import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.terminal.Terminal;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * One call of a verb.
 *
 * @param arguments as they were parsed by the verb's description
 */
record Invocation(ParseResult arguments, Terminal terminal, Distribution distribution, Interruption interruption) {

    boolean has(String option) {
        return arguments.hasMatchedOption(option);
    }

    /** The value of an option of which the description says that it is of this type; empty if it is not given. */
    <T> Optional<T> option(String name) {
        return Optional.ofNullable(arguments.<T>matchedOptionValue(name, null));
    }

    /** The value of a required parameter. */
    String parameter(int position) {
        return arguments.matchedPositionalValue(position, "");
    }

    /** Where the cluster is, and its settings. */
    Connection connection() {
        return Connection.of(this);
    }
}
