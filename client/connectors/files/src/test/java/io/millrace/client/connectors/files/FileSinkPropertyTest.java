package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class FileSinkPropertyTest {
    /** @param kind 0 to 4: write; 5, 6: checkpoint; 7: crash */
    record Step(int kind, int a, int b, boolean c, boolean d) {}

    @Provide
    Arbitrary<List<Step>> schedules() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 4),
                        either,
                        either)
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void visibleLinesAreThoseOfCompleteCheckpointsOnceWhateverCrashes(@ForAll("schedules") List<Step> schedule)
            throws IOException {
        Path directory = Files.createTempDirectory("files");
        try {
            ScriptedFileSink job = new ScriptedFileSink(directory.resolve("out"), 2);
            for (Step step : schedule) {
                take(step, job);
            }
            job.end();
            assertThat(visibleLines(directory)).containsExactlyInAnyOrderElementsOf(job.lines());
        } finally {
            delete(directory);
        }
    }

    private static void take(Step step, ScriptedFileSink job) throws IOException {
        if (step.kind() < 5) {
            job.write(step.a());
        } else if (step.kind() < 7) {
            // Most barriers reach everybody, and of those most checkpoints complete.
            job.checkpoint(step.d() ? 4 : step.a(), step.c() || step.d(), step.b(), false);
        } else {
            job.restart(step.a(), step.c(), step.d());
        }
    }

    /** Fails on any file that is not a visible part. */
    private static List<String> visibleLines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.getFileName().toString()).startsWith("part-01234567-");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
