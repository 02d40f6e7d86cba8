package io.millrace.deploy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail protects nothing: each is run over classes that break it. */
class RulesCanFailTest {
    private static final Tree BAD = new Tree("io.millrace.deploy.architecture.bad");
    private static final JavaClasses BAD_CLASSES = new ClassFileImporter().importPackages(BAD.root());

    @ParameterizedTest
    @MethodSource("io.millrace.deploy.architecture.Rule#all")
    void badClassBreaks(Rule rule) {
        assertThat(rule.over(BAD).evaluate(BAD_CLASSES).getFailureReport().getDetails())
                .as("violations of %s", rule)
                .anyMatch(detail -> detail.contains(rule.culprit()));
    }

    @Test
    void managerOutsideTheFieldIsNamed() {
        assertThat(StyleRules.namesSayWhatATypeIs(BAD)
                        .evaluate(BAD_CLASSES)
                        .getFailureReport()
                        .getDetails())
                .hasSize(2)
                .anyMatch(detail -> detail.contains("StateManager"));
    }

    @Test
    void longFileLongLineAndUnfinishedWorkAreNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Long.java"), "//\n".repeat(SourceRules.LONGEST_FILE + 1));
        Files.writeString(folder.resolve("wide.proto"), "// " + "w".repeat(SourceRules.LONGEST_LINE));
        Files.writeString(folder.resolve("Open.java"), "// TO" + "DO later\n");
        Files.writeString(folder.resolve("Sample.java"), "\"" + "s".repeat(SourceRules.LONGEST_LINE) + "\",\n");
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/Generated.java"), "//\n".repeat(1_000));
        assertThat(SourceRules.violations(folder))
                .containsExactlyInAnyOrder(
                        "Long.java has 401 lines; at most 400: split it by noun",
                        "wide.proto:1 has 123 characters; at most 120",
                        "Open.java:1 leaves something for later; finish it or file it");
    }
}
