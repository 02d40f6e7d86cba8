package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EngineNameTest {

    @Test
    void aNameAloneHasNoSettings() {
        assertThat(EngineName.parse("flink-reuse").engine()).isEqualTo("flink-reuse");
        assertThat(EngineName.parse("flink-reuse").flagged("-D")).isEmpty();
    }

    @Test
    void settingsStandInBracketsAndAreNotPartOfTheEngine() {
        EngineName name = EngineName.parse("millrace[checkpoint.interval=0ms;state.backend=heap]");

        assertThat(name.engine()).isEqualTo("millrace");
        assertThat(name.text()).isEqualTo("millrace[checkpoint.interval=0ms;state.backend=heap]");
        assertThat(name.flagged("-D")).containsExactly("-D", "checkpoint.interval=0ms", "-D", "state.backend=heap");
    }

    @Test
    void whatIsNoSettingIsRefused() {
        assertThatThrownBy(() -> EngineName.parse("millrace[fast]")).hasMessageContaining("'fast' is not key=value");
        assertThatThrownBy(() -> EngineName.parse("millrace[a=b")).hasMessageContaining("']'");
    }
}
