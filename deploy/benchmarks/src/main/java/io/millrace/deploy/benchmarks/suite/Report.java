package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders results as Markdown: one table per workload, medians with ranges, ratios per round. */
final class Report {

    private static final List<String> BASELINES = List.of("flink", "flink-reuse");

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("# Side by side, " + results.started());
        lines.add("");
        Machine machine = results.machine();
        lines.add(machine.cores() + " cores of " + machine.processor() + ", " + machine.memoryMiB() + " MiB, "
                + machine.system() + ", " + machine.jvm() + ".");
        lines.add("Commit " + results.commit() + ". Command: `deploy/benchmarks/run " + results.commandLine() + "`.");
        lines.add("");
        results.engines().forEach((id, description) -> lines.add("- `" + id + "`: " + description));
        lines.add("");
        lines.add(results.options().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ", "", ".")));
        lines.add("Figures are median (range) over the rounds; a ratio is the median of the ratios within each round.");
        for (Workload workload : Workload.values()) {
            List<Measurement> measured = results.measurements().stream()
                    .filter(m -> m.workload().equals(workload.id()))
                    .toList();
            if (!measured.isEmpty()) {
                lines.add("");
                lines.add("## " + workload.id() + ": " + workload.title());
                lines.add("");
                lines.addAll(workload.isPaced() ? latencyTable(measured) : throughputTable(measured));
            }
        }
        lines.addAll(startTable());
        return String.join("\n", lines) + "\n";
    }

    private List<String> throughputTable(List<Measurement> measured) {
        List<String> lines = new ArrayList<>();
        lines.add("| engine | records/s | × flink | × flink-reuse | CPU s per M records |");
        lines.add("|---|---|---|---|---|");
        byEngine(measured)
                .forEach((engine, rounds) -> lines.add("| " + engine + " | "
                        + spread(rounds, Measurement::recordsPerSecond).show() + " | "
                        + BASELINES.stream()
                                .map(baseline -> ratio(measured, engine, baseline))
                                .collect(Collectors.joining(" | "))
                        + " | "
                        + spread(rounds, Measurement::cpuSecondsPerMillion).show() + " |"));
        return lines;
    }

    private List<String> latencyTable(List<Measurement> measured) {
        List<String> lines = new ArrayList<>();
        lines.add("| engine | p50 ms | p99 ms | p99.9 ms | max ms | records/s | CPU s per M records |");
        lines.add("|---|---|---|---|---|---|---|");
        byEngine(measured)
                .forEach((engine, rounds) -> lines.add("| " + engine + " | "
                        + latency(rounds, Measurement.Latency::p50) + " | "
                        + latency(rounds, Measurement.Latency::p99) + " | "
                        + latency(rounds, Measurement.Latency::p999) + " | "
                        + latency(rounds, Measurement.Latency::max) + " | "
                        + spread(rounds, Measurement::recordsPerSecond).show() + " | "
                        + spread(rounds, Measurement::cpuSecondsPerMillion).show() + " |"));
        return lines;
    }

    private List<String> startTable() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("## Start, over all workloads");
        lines.add("");
        lines.add("| engine | cluster ready s | submit to first record s |");
        lines.add("|---|---|---|");
        byEngine(results.measurements())
                .forEach((engine, rounds) -> lines.add("| " + engine + " | "
                        + spread(rounds, Measurement::readySeconds).show() + " | "
                        + spread(rounds, Measurement::firstRecordSeconds).show() + " |"));
        return lines;
    }

    private static String ratio(List<Measurement> measured, String engine, String baseline) {
        Map<Integer, Double> rates = measured.stream()
                .filter(m -> m.engine().equals(baseline))
                .collect(Collectors.toMap(Measurement::round, Measurement::recordsPerSecond));
        double[] ratios = measured.stream()
                .filter(m -> m.engine().equals(engine) && rates.containsKey(m.round()))
                .mapToDouble(m -> m.recordsPerSecond() / rates.get(m.round()))
                .toArray();
        return ratios.length == 0 || engine.equals(baseline)
                ? "–"
                : Spread.of(java.util.Arrays.stream(ratios)).show();
    }

    private static String latency(List<Measurement> rounds, ToDoubleFunction<Measurement.Latency> percentile) {
        return spread(rounds, measurement -> latencyOf(measurement.latency(), percentile))
                .show();
    }

    private static double latencyOf(
            Measurement.@Nullable Latency latency, ToDoubleFunction<Measurement.Latency> percentile) {
        if (latency == null) {
            throw new IllegalStateException("a paced workload without latencies");
        }
        return percentile.applyAsDouble(latency);
    }

    private Map<String, List<Measurement>> byEngine(List<Measurement> measured) {
        return results.engines().keySet().stream()
                .filter(engine -> measured.stream().anyMatch(m -> m.engine().equals(engine)))
                .collect(Collectors.toMap(
                        engine -> engine,
                        engine -> measured.stream()
                                .filter(m -> m.engine().equals(engine))
                                .toList(),
                        (first, second) -> first,
                        java.util.LinkedHashMap::new));
    }

    private static Spread spread(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure));
    }
}
