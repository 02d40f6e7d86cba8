package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Renders results as Markdown: one table per workload, medians with ranges, ratios per round. */
final class Report {

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
        lines.add("Foreign cores are those other processes took meanwhile: well above 0.1 a round is disturbed.");
        if (results.failure() != null) {
            lines.add("");
            lines.add("**Incomplete**: " + results.failure());
        }
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
        List<String> head = List.of(
                "records/s",
                "× flink",
                "× flink-reuse",
                "CPU s per M records",
                "records per CPU s × flink",
                "CPU s × first of its kind",
                "foreign cores");
        return table(
                head,
                measured,
                (engine, rounds) -> List.of(
                        show(rounds, Measurement::recordsPerSecond),
                        ratio(measured, engine, "flink", Measurement::recordsPerSecond),
                        ratio(measured, engine, "flink-reuse", Measurement::recordsPerSecond),
                        show(rounds, Measurement::cpuSecondsPerMillion),
                        ratio(measured, engine, "flink", m -> 1 / m.cpuSecondsPerMillion()),
                        ratio(measured, engine, firstOfItsKind(engine), Measurement::cpuSecondsPerMillion),
                        show(rounds, Measurement::foreignCpu)));
    }

    private List<String> latencyTable(List<Measurement> measured) {
        List<String> head =
                List.of("p50 ms", "p99 ms", "p99.9 ms", "max ms", "records/s", "CPU s per M records", "foreign cores");
        return table(
                head,
                measured,
                (engine, rounds) -> List.of(
                        latency(rounds, Measurement.Latency::p50),
                        latency(rounds, Measurement.Latency::p99),
                        latency(rounds, Measurement.Latency::p999),
                        latency(rounds, Measurement.Latency::max),
                        show(rounds, Measurement::recordsPerSecond),
                        show(rounds, Measurement::cpuSecondsPerMillion),
                        show(rounds, Measurement::foreignCpu)));
    }

    private List<String> startTable() {
        List<String> lines = new ArrayList<>(List.of("", "## Start", ""));
        List<String> head = List.of("cluster ready s, all workloads", "client started to first record s, running-sum");
        lines.addAll(table(
                head,
                results.measurements(),
                (engine, rounds) -> List.of(
                        show(rounds, Measurement::readySeconds),
                        show(quickFeed(rounds), Measurement::firstRecordSeconds))));
        return lines;
    }

    /** The rounds of the workload whose feed needs no preparation: others measure that, not the engine. */
    private static List<Measurement> quickFeed(List<Measurement> rounds) {
        return rounds.stream()
                .filter(m -> m.workload().equals(Workload.RUNNING_SUM.id()))
                .toList();
    }

    /** A row per engine, in the order of the rounds. */
    private List<String> table(List<String> head, List<Measurement> measured, Row row) {
        List<String> lines = new ArrayList<>();
        lines.add("| engine | " + String.join(" | ", head) + " |");
        lines.add("|---".repeat(head.size() + 1) + "|");
        for (String engine : results.engines().keySet()) {
            List<Measurement> rounds =
                    measured.stream().filter(m -> m.engine().equals(engine)).toList();
            if (!rounds.isEmpty()) {
                lines.add("| " + engine + " | " + String.join(" | ", row.cells(engine, rounds)) + " |");
            }
        }
        return lines;
    }

    /** What an engine with other settings is held against: the one that stands before it. */
    private String firstOfItsKind(String engine) {
        String kind = EngineName.parse(engine).engine();
        return results.engines().keySet().stream()
                .filter(id -> EngineName.parse(id).engine().equals(kind))
                .findFirst()
                .orElse(engine);
    }

    private static String ratio(
            List<Measurement> measured, String engine, String baseline, ToDoubleFunction<Measurement> figure) {
        Map<Integer, Double> bases = measured.stream()
                .filter(m -> m.engine().equals(baseline))
                .collect(Collectors.toMap(Measurement::round, figure::applyAsDouble));
        double[] ratios = measured.stream()
                .filter(m -> m.engine().equals(engine) && bases.containsKey(m.round()))
                .mapToDouble(m -> figure.applyAsDouble(m) / bases.get(m.round()))
                .toArray();
        return ratios.length == 0 || engine.equals(baseline)
                ? "–"
                : Spread.of(Arrays.stream(ratios)).show();
    }

    private static String latency(List<Measurement> rounds, ToDoubleFunction<Measurement.Latency> percentile) {
        return Spread.of(rounds.stream()
                        .map(Measurement::latency)
                        .filter(Objects::nonNull)
                        .mapToDouble(percentile))
                .show();
    }

    private static String show(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return rounds.isEmpty()
                ? "–"
                : Spread.of(rounds.stream().mapToDouble(figure)).show();
    }

    /** The cells of one engine. */
    private interface Row {
        List<String> cells(String engine, List<Measurement> rounds);
    }
}
