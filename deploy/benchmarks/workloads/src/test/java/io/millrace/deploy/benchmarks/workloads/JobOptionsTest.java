package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JobOptionsTest {

    @Test
    void argumentsAreReadAsWritten() {
        JobOptions options = new JobOptions("probes", 1, 2, 3, 4);
        assertThat(JobOptions.parse(options.args().toArray(new String[0]))).isEqualTo(options);
    }

    @Test
    void aRunWithoutABoundIsRefused() {
        assertThatThrownBy(() -> JobOptions.parse("--rate", "5")).hasMessageContaining("--millis or --count");
    }

    @Test
    void anUnknownArgumentIsRefusedByName() {
        assertThatThrownBy(() -> JobOptions.parse("--cuont", "5")).hasMessageContaining("--cuont");
    }
}
