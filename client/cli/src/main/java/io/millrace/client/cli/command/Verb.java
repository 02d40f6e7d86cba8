package io.millrace.client.cli.command;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** One verb of the command line: what it accepts, and what it does. */
interface Verb {
    String name();

    /** One sentence for the list of verbs. */
    String summary();

    /** Verbs below this one, of which one must follow; none for a verb that does something itself. */
    default List<Verb> verbs() {
        return List.of();
    }

    /** Adds options and parameters. */
    void describe(CommandSpec spec);

    /**
     * Does it.
     *
     * @return an exit code
     * @throws io.millrace.common.core.error.MillraceException told to the user by the caller, which exits accordingly
     */
    int run(Invocation invocation) throws InterruptedException, IOException;
}
