package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.RealLogs;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import io.millrace.deploy.process.Millrace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on a cluster of processes writes what the reference model says, at any parallelism. */
@Timeout(120)
@ExtendWith(SharedCluster.class)
final class LogAnalysisIT {
    private static final int YEAR = 2015;
    private static final int[] PARALLELISMS = {1, 2, 4};

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"sshd_loghub_2k.log, SSHD", "sshd_elastic_auth.log, SSHD", "access_elastic.log, ACCESS"})
    void realLogsGiveTheReferenceLines(String name, LogFormat format, ProcessCluster cluster) throws Exception {
        Optional<Path> log = RealLogs.find(name);
        Assumptions.assumeTrue(log.isPresent(), name + " is not in the directory that -Dmillrace.data=DIRECTORY names");
        compare(cluster, log.orElseThrow(), format);
    }

    @Test
    void aMadeLogGivesTheReferenceLines(ProcessCluster cluster) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(line(i));
        }
        lines.add(17, "not json");
        lines.add(4_000, "");
        Path log = Files.write(directory.resolve("events.json"), lines);
        compare(cluster, log, LogFormat.JSON);
    }

    /** Users that fail in bursts, come back after more than a day, and are late now and then. */
    private static String line(int i) {
        String[] actions = {"login_failed", "login_failed", "view", "login_failed", "login_success", "purchase"};
        long seconds = 1_700_000_000L + i / 1_250 * 90_000L + i * 5L - (i % 13 == 0 ? 40 : 0);
        return "{\"user_id\":\"user-" + i % 31 + "\",\"session_id\":\"s" + i % 7 + "\",\"action\":\"" + actions[i % 6]
                + "\",\"timestamp\":" + seconds + ",\"ip_address\":\"10.0.0.1\",\"user_agent\":\"test\"}";
    }

    private void compare(ProcessCluster cluster, Path log, LogFormat format) throws Exception {
        List<SourceText> input = List.of(SourceText.ofFile(log));
        List<String> expected = ReferenceModel.expected(RuleSet.PRECISE, format, YEAR, input);
        assertThat(expected).isNotEmpty();
        for (int parallelism : PARALLELISMS) {
            Path output = directory.resolve("output-" + parallelism);
            Said said = cluster.call("run", words(cluster, log, format, parallelism, output));
            assertThat(said.exitCode()).as(said.err()).isZero();
            List<String> written = written(output).stream()
                    .map(line -> ReferenceModel.comparable(line, input))
                    .sorted()
                    .toList();
            assertThat(written).as("parallelism %d", parallelism).isEqualTo(expected);
        }
        cluster.assertIdle();
    }

    private static String[] words(ProcessCluster cluster, Path log, LogFormat format, int parallelism, Path output) {
        List<String> words = new ArrayList<>(List.of(
                "-p",
                Integer.toString(parallelism),
                cluster.millrace().logAnalysisJar().toString(),
                "--source",
                "file:" + log,
                "--format",
                format.name().toLowerCase(Locale.ROOT),
                "--output",
                "file:" + output));
        if (format == LogFormat.SSHD) {
            words.addAll(List.of("--year", Integer.toString(YEAR)));
        }
        return words.toArray(String[]::new);
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
}
