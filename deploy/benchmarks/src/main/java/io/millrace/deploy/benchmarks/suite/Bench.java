package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Probe;
import io.millrace.deploy.benchmarks.workloads.ProbeReport;
import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Runs one workload on one engine in processes of its own. Every measurement starts a fresh cluster, so no engine
 * profits or suffers from what ran before, and no other engine is up meanwhile.
 */
final class Bench {

    private final SuiteOptions options;
    private final Path scratch;
    private int runs;

    /** @param scratch where the directories of the runs go */
    Bench(SuiteOptions options, Path scratch) {
        this.options = options;
        this.scratch = scratch;
    }

    /** Measures once. */
    Measurement measure(Engine engine, Workload workload, int round) throws IOException, InterruptedException {
        Path directory = newDirectory(engine, workload);
        Path probes = Files.createDirectory(directory.resolve("probes"));
        long rate = workload.isPaced() ? options.rate() : 0;
        JobOptions job = new JobOptions(probes.toString(), options.emitMs(), 0, rate, options.warmupMs());
        long startNanos = System.nanoTime();
        try (EngineCluster cluster = engine.start(workload, directory);
                CpuTrace cpu = CpuTrace.start(cluster::workers)) {
            long submitNanos = System.nanoTime();
            cluster.run(job);
            cpu.stop();
            List<ProbeReport> reports = ProbeReport.readAll(probes);
            List<ProbeReport> measured = named(reports, workload.measuredProbe());
            SteadyInterval steady = SteadyInterval.of(measured, options);
            return new Measurement(
                    workload.id(),
                    engine.id(),
                    round,
                    steady.records() / steady.seconds(),
                    cpu.secondsBetween(steady.fromNanos(), steady.untilNanos()) / steady.records() * 1e6,
                    cpu.foreignSecondsBetween(steady.fromNanos(), steady.untilNanos()) / steady.seconds(),
                    (submitNanos - startNanos) / 1e9,
                    (steady.firstNanos() - submitNanos) / 1e9,
                    workload.isPaced() ? latency(measured) : null);
        }
    }

    /** Runs over a fixed number of records and returns what came out, for comparison between engines. */
    Outcome outcome(Engine engine, Workload workload) throws IOException, InterruptedException {
        Path directory = newDirectory(engine, workload);
        Path probes = Files.createDirectory(directory.resolve("probes"));
        try (EngineCluster cluster = engine.start(workload, directory)) {
            cluster.run(new JobOptions(probes.toString(), 0, options.checkCount(), 0, 0));
        }
        List<ProbeReport> reports = ProbeReport.readAll(probes);
        List<ProbeReport> sinks = named(reports, Probe.SINK);
        return new Outcome(
                sum(named(reports, Probe.SOURCE)),
                sum(sinks),
                sinks.stream().mapToLong(ProbeReport::digest).sum());
    }

    private Path newDirectory(Engine engine, Workload workload) throws IOException {
        runs++;
        return Files.createDirectory(scratch.resolve(
                String.format("%03d-%s-%s", runs, workload.id(), engine.id().replaceAll("\\[.*", ""))));
    }

    private static List<ProbeReport> named(List<ProbeReport> reports, String probe) {
        return reports.stream().filter(report -> report.probe().equals(probe)).toList();
    }

    private static long sum(List<ProbeReport> reports) {
        return reports.stream().mapToLong(ProbeReport::records).sum();
    }

    private static Measurement.Latency latency(List<ProbeReport> reports) {
        Histogram all = new Histogram(3);
        for (ProbeReport report : reports) {
            if (report.latencies() != null) {
                all.add(report.latencies());
            }
        }
        return new Measurement.Latency(
                all.getValueAtPercentile(50) / 1e6,
                all.getValueAtPercentile(99) / 1e6,
                all.getValueAtPercentile(99.9) / 1e6,
                all.getMaxValue() / 1e6);
    }

    /** What a run over a fixed number of records gave; equal outcomes mean equal results as multisets. */
    record Outcome(long recordsIn, long recordsOut, long digest) {}
}
