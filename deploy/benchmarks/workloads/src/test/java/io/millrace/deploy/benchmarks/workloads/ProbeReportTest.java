package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeReportTest {

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(1_000);
        latencies.recordValue(2_000_000);
        new ProbeReport("sink", 1, 5, -7, new long[] {100, 1, 200, 5}, latencies).write(directory);
        new ProbeReport("a-b", 0, 0, 0, new long[0], null).write(directory);

        List<ProbeReport> reports = ProbeReport.readAll(directory);

        assertThat(reports).extracting(ProbeReport::probe).containsExactly("a-b", "sink");
        ProbeReport sink = reports.get(1);
        assertThat(sink.subtask()).isEqualTo(1);
        assertThat(sink.records()).isEqualTo(5);
        assertThat(sink.digest()).isEqualTo(-7);
        assertThat(sink.samples()).containsExactly(100, 1, 200, 5);
        assertThat(sink.latencies()).isEqualTo(latencies);
        assertThat(reports.get(0).latencies()).isNull();
    }

    @Test
    void aProbeCountsSamplesAndTimesOnlyAfterTheWarmUp() throws IOException {
        try (Probe probe = new Probe(new JobOptions(directory.toString(), 1, 0, 0, 3_600_000), "warm", 0);
                Probe timed = new Probe(new JobOptions(directory.toString(), 1, 0, 0, 0), "timed", 0)) {
            for (int i = 0; i < 2_000; i++) {
                probe.count(2, System.nanoTime());
                timed.count(2, System.nanoTime() - 5_000_000);
            }
        }
        List<ProbeReport> reports = ProbeReport.readAll(directory);
        ProbeReport timed = reports.get(0);
        ProbeReport warm = reports.get(1);
        assertThat(warm.digest()).isEqualTo(4_000);
        assertThat(warm.samples()).hasSize(6).endsWith(2_000);
        assertThat(warm.latencies()).isNotNull();
        assertThat(warm.latencies().getTotalCount()).isZero();
        assertThat(timed.latencies()).isNotNull();
        assertThat(timed.latencies().getTotalCount()).isEqualTo(2_000);
        assertThat(timed.latencies().getMinValue()).isGreaterThanOrEqualTo(4_900_000);
    }
}
