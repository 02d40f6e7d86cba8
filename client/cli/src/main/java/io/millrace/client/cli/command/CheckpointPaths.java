package io.millrace.client.cli.command;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths of checkpoints on the command line. */
final class CheckpointPaths {
    private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:.*";

    private CheckpointPaths() {}

    /**
     * The place that a user means: a relative path is one of the shell's directory.
     *
     * @param name of the option or parameter, for the message
     */
    static StorageLocation location(String name, String text) {
        try {
            boolean file = !text.isBlank() && !text.strip().matches(SCHEME);
            StorageLocation location = StorageLocation.parse(
                    file ? Path.of(text.strip()).toAbsolutePath().normalize().toString() : text);
            if (!(location instanceof StorageLocation.ClusterDefault)) {
                return location;
            }
        } catch (InvalidPathException e) {
            throw refused(name, text).because(e.getReason()).asException(e);
        } catch (IllegalArgumentException e) {
            throw refused(name, text).because(String.valueOf(e.getMessage())).asException(e);
        }
        throw refused(name, text).asException();
    }

    private static Problem refused(String name, String text) {
        return Problem.of(CliError.OPTION_VALUE_INVALID, name + " does not accept '" + text + "'")
                .fix("Give a path, file:///path or s3://bucket/prefix");
    }
}
