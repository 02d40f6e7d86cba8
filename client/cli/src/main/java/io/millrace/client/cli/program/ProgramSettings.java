package io.millrace.client.cli.program;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the user wants a program to run.
 *
 * @param arguments for its main
 * @param parallelism of operators that set none; 0 leaves it to the program
 * @param jobName in place of the name that the program gives; null leaves it to the program
 * @param settings of the job, key to value
 * @param detached whether the client leaves once the job is accepted
 */
public record ProgramSettings(
        List<String> arguments,
        int parallelism,
        @Nullable String jobName,
        Map<String, String> settings,
        boolean detached) {

    public ProgramSettings {
        arguments = List.copyOf(arguments);
        settings = Map.copyOf(settings);
    }
}
