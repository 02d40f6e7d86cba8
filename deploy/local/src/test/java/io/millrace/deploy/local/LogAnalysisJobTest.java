package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.client.examples.loganalysis.LogAnalysisJob;
import io.millrace.client.examples.loganalysis.options.LogAnalysisOptions;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.RealLogs;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on whole clusters: the same lines as the reference model, wherever its tasks run. */
@Timeout(120)
final class LogAnalysisJobTest {
    private static final int YEAR = 2015;

    /** Clusters by number of TaskManagers, slots of each, and the job's parallelism. */
    private static final int[][] SHAPES = {{1, 1, 1}, {1, 2, 2}, {1, 4, 4}, {2, 1, 2}, {2, 2, 4}};

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "sshd_loghub_2k.log, SSHD, sshd",
        "sshd_elastic_auth.log, SSHD, sshd",
        "access_elastic.log, ACCESS, access"
    })
    void realLogsGiveTheSameLinesOnEveryCluster(String name, LogFormat format, String option) throws Exception {
        Optional<Path> log = RealLogs.find(name);
        Assumptions.assumeTrue(log.isPresent(), "the real logs are beside the repository");
        compareOnAllShapes(log.orElseThrow(), format, option, "precise");
    }

    @Test
    void aJsonLogGivesTheSameLinesUnderBothRuleSets() throws Exception {
        Path log = directory.resolve("events.json");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add(line(i));
        }
        lines.add(17, "not json");
        lines.add(1_700, "");
        Files.write(log, lines);
        compareOnAllShapes(log, LogFormat.JSON, "json", "precise");
        // The literal rules of the tutorial go by order of arrival, which one reader and one key keep at any
        // parallelism.
        compareOnAllShapes(log, LogFormat.JSON, "json", "tutorial");
    }

    /** Bursts of failures, logins, absences of more than a day, and now and then a step back in time. */
    private static String line(int i) {
        String[] actions = {
            "login_failed", "view", "login_failed", "login_success", "download", "login_failed", "purchase"
        };
        long day = i / 1_000;
        long seconds = 1_700_000_000L + day * 90_000 + i * 7L - (i % 11 == 0 ? 15 : 0);
        return "{\"user_id\":\"u" + i % 23 + "\",\"session_id\":\"s\",\"action\":\"" + actions[i % 7]
                + "\",\"timestamp\":" + seconds + ",\"ip_address\":\"10.0.0.1\",\"user_agent\":\"test\"}";
    }

    private void compareOnAllShapes(Path log, LogFormat format, String option, String rules) throws Exception {
        List<SourceText> input = List.of(SourceText.ofFile(log));
        RuleSet ruleSet = RuleSet.valueOf(rules.toUpperCase(java.util.Locale.ROOT));
        List<String> expected = ReferenceModel.expected(ruleSet, format, YEAR, input);
        assertThat(expected).isNotEmpty();
        for (int[] shape : SHAPES) {
            Path output = directory.resolve(rules + String.join("-", shapeName(shape)));
            run(shape, log, option, rules, output);
            assertThat(comparable(written(output), input))
                    .as("cluster %s", shapeName(shape))
                    .isEqualTo(expected);
        }
    }

    private static List<String> shapeName(int[] shape) {
        return List.of(Integer.toString(shape[0]), Integer.toString(shape[1]), Integer.toString(shape[2]));
    }

    private static void run(int[] shape, Path log, String option, String rules, Path output) throws Exception {
        String[] arguments = {
            "--source", "file:" + log, "--rules", rules, "--output", "file:" + output, "--format", option
        };
        List<String> all = new ArrayList<>(List.of(arguments));
        if (option.equals("sshd")) {
            all.addAll(List.of("--year", Integer.toString(YEAR)));
        }
        LogAnalysisOptions options = LogAnalysisOptions.parse(all.toArray(String[]::new), YEAR);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(shape[0], shape[1]);
                ExecutionContext.Scope scope = new ExecutionContext(
                                cluster.executor(new ConsoleObserver()), shape[2], null, Map.of(), false)
                        .install()) {
            assertThat(scope).isNotNull();
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            LogAnalysisJob.build(env, options);
            env.execute(LogAnalysisJob.NAME);
        }
    }

    private static List<String> written(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(file.getFileName().toString()).startsWith("part-");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static List<String> comparable(List<String> lines, List<SourceText> input) {
        return lines.stream()
                .map(line -> ReferenceModel.comparable(line, input))
                .sorted()
                .toList();
    }
}
