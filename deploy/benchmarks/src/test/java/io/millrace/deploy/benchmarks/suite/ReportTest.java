package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void ratiosAreTakenWithinEachRoundAndThenTheirMedian() {
        String markdown = new Report(results(List.of(
                        throughput("flink", 1, 100),
                        throughput("other", 1, 300),
                        throughput("flink", 2, 200),
                        throughput("other", 2, 1_000),
                        throughput("flink", 3, 400),
                        throughput("other", 3, 400))))
                .markdown();
        assertThat(markdown)
                .contains("| flink | 200 (100–400) | – | – | 0.50 (0.50–0.50) | – | – | 0.000 (0.000–0.000) |");
        assertThat(markdown)
                .contains(
                        "| other | 400 (300–1000) | 3.00 (1.00–5.00) | – | 0.25 (0.25–0.25) | 2.00 (2.00–2.00) | – | 0.000 (0.000–0.000) |");
    }

    @Test
    void anEngineWithSettingsIsHeldAgainstTheFirstOfItsKind() {
        String markdown = new Report(results(List.of(
                        throughput("flink", 1, 100), throughput("flink[a=b]", 1, 100), throughput("other", 1, 100))))
                .markdown();
        assertThat(markdown)
                .contains("| flink[a=b] | 100 (100–100) | 1.00 (1.00–1.00) | – | 0.25 (0.25–0.25) |"
                        + " 2.00 (2.00–2.00) | 0.50 (0.50–0.50) | 0.000 (0.000–0.000) |");
    }

    @Test
    void thePacedWorkloadShowsPercentiles() {
        Measurement measurement =
                new Measurement("latency", "flink", 1, 100_000, 1, 0, 2, 3, new Measurement.Latency(1, 2, 3, 4));
        assertThat(new Report(results(List.of(measurement))).markdown())
                .contains("| flink | 1.00 (1.00–1.00) | 2.00 (2.00–2.00) | 3.00 (3.00–3.00) | 4.00 (4.00–4.00) |");
    }

    private static Measurement throughput(String engine, int round, double recordsPerSecond) {
        return new Measurement(
                "exchange", engine, round, recordsPerSecond, engine.equals("flink") ? 0.5 : 0.25, 0, 1, 1, null);
    }

    private static Results results(List<Measurement> measurements) {
        Map<String, String> engines = new LinkedHashMap<>();
        engines.put("flink", "one");
        engines.put("other", "two");
        engines.put("flink[a=b]", "three");
        Machine machine = new Machine("chip", 2, 1_024, "Linux", "JVM");
        return new Results("now", "abc", "", machine, engines, Map.of("rounds", "3"), measurements, null);
    }
}
