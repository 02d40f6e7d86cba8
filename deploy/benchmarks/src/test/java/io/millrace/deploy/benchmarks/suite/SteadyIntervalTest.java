package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.deploy.benchmarks.workloads.ProbeReport;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SteadyIntervalTest {

    private static final long MS = 1_000_000;

    @Test
    void recordsAreCountedFromTheWarmUpOfTheLastSubtaskOn() {
        ProbeReport early = report(new long[] {0, 0, 1_000 * MS, 1_000, 4_000 * MS, 4_000});
        ProbeReport late = report(new long[] {500 * MS, 0, 4_000 * MS, 7_000});

        SteadyInterval steady = SteadyInterval.of(List.of(early, late), options(1_000, 2_000));

        assertThat(steady.firstNanos()).isZero();
        assertThat(steady.fromNanos()).isEqualTo(1_500 * MS);
        assertThat(steady.seconds()).isEqualTo(2);
        assertThat(steady.records()).isCloseTo(2_000 + 4_000, Offset.offset(0.001));
    }

    @Test
    void aSubtaskWithoutRecordsIsLeftOut() {
        SteadyInterval steady = SteadyInterval.of(
                List.of(report(new long[0]), report(new long[] {0, 0, 3_000 * MS, 300})), options(1_000, 1_000));
        assertThat(steady.records()).isCloseTo(100, Offset.offset(0.001));
    }

    @Test
    void aRunThatEndsInsideTheIntervalHasNoFigure() {
        List<ProbeReport> reports = List.of(report(new long[] {0, 0, 1_500 * MS, 300}));
        assertThatThrownBy(() -> SteadyInterval.of(reports, options(1_000, 1_000)))
                .hasMessageContaining("500 ms before");
    }

    private static ProbeReport report(long[] samples) {
        return new ProbeReport("sink", 0, 0, 0, samples, null);
    }

    private static SuiteOptions options(long warmupMs, long measureMs) {
        return new SuiteOptions(Path.of("."), 1, warmupMs, measureMs, 0, 256, 0, List.of());
    }
}
