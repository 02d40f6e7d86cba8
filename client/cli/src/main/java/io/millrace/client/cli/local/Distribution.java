package io.millrace.client.cli.local;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory that this program was started from, with bin, conf, lib and examples. */
public final class Distribution {
    /** The system property with which the launcher names the directory. */
    public static final String HOME_PROPERTY = "millrace.home";

    private final @Nullable Path home;

    /** @param home null if the program was not started by the launcher */
    public Distribution(@Nullable Path home) {
        this.home = home;
    }

    /** @throws io.millrace.common.core.error.MillraceException if there is no distribution */
    public Path home() {
        if (home == null) {
            throw Problem.of(CliError.NO_DISTRIBUTION, "This command needs the files of the distribution")
                    .because("the system property " + HOME_PROPERTY + " is not set")
                    .fix("Start it with bin/millrace of the distribution")
                    .asException();
        }
        return home;
    }

    public Path launcher() {
        return home().resolve("bin").resolve("millrace");
    }

    public Path example(String fileName) {
        return home().resolve("examples").resolve(fileName);
    }

    /** The configuration file that holds where the user names none; empty if there is none. */
    public Optional<Path> configFile() {
        return Optional.ofNullable(home)
                .map(path -> path.resolve("conf").resolve("millrace.yaml"))
                .filter(Files::isRegularFile);
    }

    /** Where a local cluster with these settings keeps its files. */
    public Path dataDirectory(Configuration configuration) {
        String configured = configuration.get(ClusterOptions.DATA_DIR);
        return configured.isEmpty() ? home().resolve("data") : Path.of(configured);
    }
}
