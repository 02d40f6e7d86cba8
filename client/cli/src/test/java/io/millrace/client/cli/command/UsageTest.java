package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lst                               | UNKNOWN_VERB         | 'list'
            jobmanger                         | UNKNOWN_VERB         | 'jobmanager'
            cluster strat                     | UNKNOWN_VERB         | 'start'
            cluster                           | VERB_MISSING         | start, stop, status
            ''                                | VERB_MISSING         | demo, cluster, run
            list --jsn                        | UNKNOWN_OPTION       | --json
            run --nam=x y.jar                 | UNKNOWN_OPTION       | --name
            run -x y.jar                      | UNKNOWN_OPTION       | -
            --bogus list                      | UNKNOWN_OPTION       | --
            run -p                            | OPTION_VALUE_MISSING | Option --parallelism needs a value
            list -m                           | OPTION_VALUE_MISSING | --jobmanager
            run -p 0 y.jar                    | OPTION_VALUE_INVALID | from 1 to 32768, or max
            run -p all y.jar                  | OPTION_VALUE_INVALID | from 1 to 32768, or max
            run -p -3 y.jar                   | OPTION_VALUE_INVALID | from 1 to 32768, or max
            run -p 99999 y.jar                | OPTION_VALUE_INVALID | from 1 to 32768, or max
            cluster start -t two              | OPTION_VALUE_INVALID | a whole number
            cluster start --taskmanagers 0    | OPTION_VALUE_INVALID | from 1 to 64
            demo --for 20                     | OPTION_VALUE_INVALID | has no unit
            demo --for 0s                     | OPTION_VALUE_INVALID | at least 1s
            demo --for soon                   | OPTION_VALUE_INVALID | does not start with a number
            demo --rate 0                     | OPTION_VALUE_INVALID | from 1 to 1000000
            run -D broken y.jar               | OPTION_VALUE_INVALID | does not accept 'broken'
            run -d -d y.jar                   | OPTION_DUPLICATE     | given twice
            list -m a:1 -m b:2                | OPTION_DUPLICATE     | given twice
            run --json y.jar                  | OPTION_CONFLICT      | Add -d
            savepoint                         | ARGUMENT_MISSING     | JOB is missing
            savepoint a /b /c                 | ARGUMENT_UNEXPECTED  | '/c'
            cancel                            | ARGUMENT_MISSING     | JOB is missing
            run                               | ARGUMENT_MISSING     | JAR is missing
            list everything                   | ARGUMENT_UNEXPECTED  | 'everything'
            cancel one two                    | ARGUMENT_UNEXPECTED  | 'two'
            list -m nowhere                   | BAD_ADDRESS          | host:port
            list -m host:99999                | BAD_ADDRESS          | host:port
            list -D jobmanager.prt=7          | CONFIG_UNKNOWN_KEY   | 'jobmanager.port'
            list -D heartbeat.timeout=5       | CONFIG_BAD_VALUE     | a number with a unit
            list --config no-such.yaml        | CONFIG_FILE_UNREADABLE | --config
            cluster start                     | NO_DISTRIBUTION      | bin/millrace
            demo                              | NO_DISTRIBUTION      | bin/millrace
            """)
    void wrongUsageIsRefusedWithCodeAndWayOut(String line, String code, String text) {
        Result result = shell.run(words(line));

        assertThat(result.problem()).isEqualTo(code);
        assertThat(result.err()).contains(text);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "run --help",
                "cluster --help",
                "cluster start -h",
                "demo --help",
                "status --help",
                "logs --help"
            })
    void helpIsAResult(String line) {
        Result result = shell.run(words(line));

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: millrace");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void helpNamesEveryVerbAndEveryExitCode() {
        assertThat(shell.run("--help").out())
                .contains(
                        "demo",
                        "cluster",
                        "run",
                        "list",
                        "status",
                        "cancel",
                        "logs",
                        "checkpoints",
                        "savepoint",
                        "config",
                        "version")
                .contains("millrace jobmanager")
                .contains("0 done, 1 job failed, 2 bad usage or input, 3 cluster unreachable,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void versionIsShown(String word) {
        Result result = shell.run(word);

        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("Millrace \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, Java \\d.*\\n");
    }

    @Test
    void versionForMachinesIsJson() {
        assertThat(shell.run("version", "--json").out())
                .matches("(?s)\\{\\s+\"version\" : \"\\d.*\",\\s+\"java\" : .*}\n");
    }

    @Test
    void wordsAfterTheJarAreNotLookedAt() {
        Result result = shell.run("run", "-p", "2", "no-such.jar", "--bogus", "-p", "@file", "--", "x");

        assertThat(result.problem()).isEqualTo("JAR_MISSING");
    }

    @Test
    void configurationFileIsRefusedByNameOfFileAndKey() throws IOException {
        Path file = Files.writeString(directory.resolve("own.yaml"), "jobmanager.hst: here\n");

        Result result = shell.run("list", "--config", file.toString());

        assertThat(result.problem()).isEqualTo("CONFIG_UNKNOWN_KEY");
        assertThat(result.err()).contains(file.toString(), "'jobmanager.hst'", "'jobmanager.host'");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void configurationFileOfTheDistributionHoldsUntilTheCommandLineSaysOtherwise() throws IOException {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/millrace.yaml"), "heartbeat.interval: 700ms\ncluster.id: west\n");

        Result result = Shell.in(directory).run("config", "-D", "cluster.id=east");

        assertThat(result.out()).contains("  set to 700ms\n", "  set to east\n").doesNotContain("west");
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
