package io.millrace.deploy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(Tree.PRODUCT.root());

    @ParameterizedTest
    @MethodSource("io.millrace.deploy.architecture.Rule#all")
    void productKeeps(Rule rule) {
        rule.over(Tree.PRODUCT).allowEmptyShould(true).check(PRODUCT);
    }

    @Test
    void everyModuleIsSeen() {
        assertThat(PRODUCT.stream().map(type -> type.getPackageName()))
                .contains(
                        "io.millrace.api",
                        "io.millrace.common.checkpoint.format",
                        "io.millrace.common.checkpoint.s3",
                        "io.millrace.common.core",
                        "io.millrace.common.graph",
                        "io.millrace.common.metrics",
                        "io.millrace.common.rpc",
                        "io.millrace.common.serde",
                        "io.millrace.taskmanager.network",
                        "io.millrace.taskmanager.state",
                        "io.millrace.taskmanager.state.rocksdb",
                        "io.millrace.taskmanager.runtime",
                        "io.millrace.taskmanager.server",
                        "io.millrace.jobmanager.control",
                        "io.millrace.jobmanager.server",
                        "io.millrace.client.cli",
                        "io.millrace.client.connectors.files",
                        "io.millrace.client.connectors.socket",
                        "io.millrace.client.connectors.generator",
                        "io.millrace.client.connectors.kafka",
                        "io.millrace.client.examples",
                        "io.millrace.deploy.local");
    }

    @Test
    void everyExemptionIsUsed() {
        assertThat(Exemption.ALL).allSatisfy(exemption -> assertThat(PRODUCT.stream())
                .as("%s is exempt as '%s' and does not exist", exemption.name(), exemption.reason())
                .anyMatch(exemption::covers));
    }

    @Test
    void sourcesAreShortAndFinished() throws IOException {
        assertThat(SourceRules.sources(SourceRules.repository())).hasSizeGreaterThan(20);
        assertThat(SourceRules.violations(SourceRules.repository())).isEmpty();
    }
}
