package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the promise that both engines run the same jobs, imports apart. */
class JobTwinsTest {

    private static final Path FLINK = Path.of("flink/src/main/java/io/millrace/deploy/benchmarks/flink");
    private static final Path MILLRACE = Path.of("millrace/src/main/java/io/millrace/deploy/benchmarks/millrace");

    @ParameterizedTest
    @MethodSource("jobSources")
    void aJobClassDiffersFromItsTwinOnlyInImports(String file) throws IOException {
        assertThat(body(MILLRACE.resolve(file))).isNotEmpty().isEqualTo(body(FLINK.resolve(file)));
    }

    @Test
    void bothEnginesHaveEveryJobClass() throws IOException {
        assertThat(sources(FLINK))
                .filteredOn(name -> !name.equals("MemoryPlan.java"))
                .isEqualTo(sources(MILLRACE));
    }

    static List<String> jobSources() throws IOException {
        return sources(MILLRACE);
    }

    private static List<String> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> body(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .toList();
    }
}
