package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainLoopTest {

    private static final long COUNT = 30_001;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = "LATENCY", mode = EnumSource.Mode.EXCLUDE)
    void theSameRecordsGiveTheSameResultsTwice(Workload workload) throws IOException {
        List<ProbeReport> first = run(workload, COUNT, "first");
        List<ProbeReport> second = run(workload, COUNT, "second");
        List<ProbeReport> fewer = run(workload, COUNT - 1_000, "fewer");

        assertThat(records(first, Probe.SOURCE)).isEqualTo(COUNT);
        assertThat(digest(first)).isEqualTo(digest(second)).isNotEqualTo(digest(fewer));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXCHANGE", "EXCHANGE_LOCAL", "RUNNING_SUM"})
    void everyRecordReachesTheSink(Workload workload) throws IOException {
        assertThat(records(run(workload, COUNT, "run"), Probe.SINK)).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @EnumSource(names = "LOG_ANALYSIS")
    void everyLineIsProcessedOrRejectedAndSomeOfEach(Workload workload) throws IOException {
        List<ProbeReport> reports = run(workload, COUNT, "run");
        long processed = records(reports, Probe.EVENTS);
        assertThat(processed).isLessThan(COUNT).isGreaterThan(COUNT * 99 / 100);
        assertThat(records(reports, Probe.SINK)).isGreaterThan(COUNT - processed);
    }

    private List<ProbeReport> run(Workload workload, long count, String name) throws IOException {
        Path probes = Files.createDirectory(directory.resolve(name));
        PlainLoop.run(workload, new JobOptions(probes.toString(), 0, count, 0, 0));
        return ProbeReport.readAll(probes);
    }

    private static long records(List<ProbeReport> reports, String probe) {
        return reports.stream()
                .filter(report -> report.probe().equals(probe))
                .mapToLong(ProbeReport::records)
                .sum();
    }

    private static long digest(List<ProbeReport> reports) {
        return reports.stream()
                .filter(report -> report.probe().equals(Probe.SINK))
                .mapToLong(ProbeReport::digest)
                .sum();
    }
}
