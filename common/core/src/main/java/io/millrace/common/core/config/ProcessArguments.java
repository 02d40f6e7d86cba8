package io.millrace.common.core.config;

import io.millrace.common.core.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a server process: {@code [--config FILE] [-D key=value]...}. Without {@code --config} the
 * distribution's {@code conf/millrace.yaml} is read if it is there. Later settings win over earlier ones, the command
 * line over the file.
 */
public final class ProcessArguments {
    private static final String USAGE =
            "Give [--config FILE] [-D key=value]...; 'millrace config' lists the settings, 'millrace --help' the commands";

    private ProcessArguments() {}

    /**
     * @param home the distribution's directory; null outside of one
     * @throws io.millrace.common.core.error.MillraceException for an argument or setting that is wrong
     */
    public static Configuration parse(String[] arguments, @Nullable Path home) {
        Map<String, String> settings = new LinkedHashMap<>();
        Path file = null;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--config")) {
                file = Path.of(following(arguments, ++i, "--config"));
            } else if (argument.equals("-D")) {
                addSetting(following(arguments, ++i, "-D"), settings);
            } else if (argument.startsWith("-D")) {
                addSetting(argument.substring(2), settings);
            } else {
                throw Problem.of(ConfigErrors.CONFIG_BAD_ARGUMENT, "Unknown argument '" + argument + "'")
                        .at("the command line")
                        .fix(USAGE)
                        .asException();
            }
        }
        return fileSettings(file, home).overriddenBy(Configuration.of(settings, "the command line"));
    }

    private static Configuration fileSettings(@Nullable Path given, @Nullable Path home) {
        if (given != null) {
            return ConfigFile.load(given);
        }
        if (home != null && Files.isReadable(home.resolve("conf/millrace.yaml"))) {
            return ConfigFile.load(home.resolve("conf/millrace.yaml"));
        }
        return Configuration.EMPTY;
    }

    private static String following(String[] arguments, int index, String option) {
        if (index >= arguments.length) {
            throw Problem.of(ConfigErrors.CONFIG_BAD_ARGUMENT, "'" + option + "' needs a value")
                    .at("the command line")
                    .fix(USAGE)
                    .asException();
        }
        return arguments[index];
    }

    private static void addSetting(String text, Map<String, String> settings) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Problem.of(ConfigErrors.CONFIG_BAD_ARGUMENT, "'-D " + text + "' is not key=value")
                    .at("the command line")
                    .fix("Write -D key=value, such as -D jobmanager.port=7171")
                    .asException();
        }
        settings.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
