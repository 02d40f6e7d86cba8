package io.millrace.client.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Options and parameters that several verbs share. */
final class Flags {
    static final String ADDRESS = "-m";
    static final String CONFIG = "--config";
    static final String DEFINE = "-D";
    static final String JSON = "--json";

    private Flags() {}

    /** {@code --config} and {@code -D}. */
    static void settings(CommandSpec spec) {
        spec.addOption(option("FILE", Path.class, "Configuration file in place of conf/millrace.yaml.", CONFIG));
        spec.addOption(OptionSpec.builder(DEFINE)
                .paramLabel("KEY=VALUE")
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .arity("1")
                .description("Sets KEY in place of the configuration file; may be repeated.")
                .build());
    }

    /** {@code -m}, {@code --config} and {@code -D}. */
    static void connection(CommandSpec spec) {
        spec.addOption(option("HOST:PORT", String.class, "Where the JobManager listens.", ADDRESS, "--jobmanager"));
        settings(spec);
    }

    static void json(CommandSpec spec) {
        spec.addOption(flag("Prints JSON for machines.", JSON));
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec option(String label, Class<?> type, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .paramLabel(label)
                .type(type)
                .arity("1")
                .description(description)
                .build();
    }

    static PositionalParamSpec parameter(String label, int position, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(Integer.toString(position))
                .arity("1")
                .required(true)
                .type(String.class)
                .description(description)
                .build();
    }

    /** What follows a jar. */
    static PositionalParamSpec arguments() {
        return PositionalParamSpec.builder()
                .paramLabel("ARGS")
                .index("1..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Arguments for main().")
                .build();
    }

    private static String[] rest(String... names) {
        return Arrays.copyOfRange(names, 1, names.length);
    }
}
