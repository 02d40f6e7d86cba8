package io.millrace.client.cli.command;

import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.view.ConfigView;
import io.millrace.common.core.config.ConfigCatalog;
import io.millrace.common.core.config.Configuration;
import picocli.CommandLine.Model.CommandSpec;

/** Shows all settings, and the values that file and command line give them. */
final class ConfigVerb implements Verb {

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "Lists all settings with type, default, accepted form and meaning.";
    }

    @Override
    public void describe(CommandSpec spec) {
        Flags.json(spec);
        Flags.settings(spec);
    }

    @Override
    public int run(Invocation invocation) {
        Configuration given = invocation.connection().configuration();
        if (invocation.has(Flags.JSON)) {
            invocation.terminal().result(ConfigView.json(ConfigCatalog.all(), given));
        } else {
            ConfigView.lines(ConfigCatalog.all(), given).forEach(invocation.terminal()::result);
        }
        return ExitCode.OK;
    }
}
