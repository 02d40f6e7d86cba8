package io.millrace.deploy.benchmarks.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Samples the processor time of a set of processes ten times a second on a thread of its own, until closed. Processes
 * may appear while it runs; descendants count.
 */
final class CpuTrace implements AutoCloseable {

    private static final long PERIOD_MS = 100;

    private final Supplier<List<ProcessHandle>> processes;
    private final List<Sample> samples = new ArrayList<>();
    private final CompletableFuture<Void> sampling = new CompletableFuture<>();
    private volatile boolean stopped;

    private CpuTrace(Supplier<List<ProcessHandle>> processes) {
        this.processes = processes;
    }

    static CpuTrace start(Supplier<List<ProcessHandle>> processes) {
        CpuTrace trace = new CpuTrace(processes);
        new Thread(trace::sampleUntilStopped, "cpu-trace").start();
        return trace;
    }

    /** Ends the sampling; from then on the trace may be read. */
    void stop() {
        stopped = true;
        sampling.join();
    }

    @Override
    public void close() {
        stop();
    }

    /** Processor seconds, user and system, spent between two times of {@link System#nanoTime()}. */
    double secondsBetween(long fromNanos, long untilNanos) {
        return at(untilNanos, Sample::cpuSeconds) - at(fromNanos, Sample::cpuSeconds);
    }

    /** Processor seconds that anything else on the machine took, and that its hypervisor withheld, in the same time. */
    double foreignSecondsBetween(long fromNanos, long untilNanos) {
        double host = at(untilNanos, Sample::hostSeconds) - at(fromNanos, Sample::hostSeconds);
        return Math.max(0, host - secondsBetween(fromNanos, untilNanos));
    }

    private double at(long nanos, ToDoubleFunction<Sample> figure) {
        for (int i = 1; i < samples.size(); i++) {
            Sample after = samples.get(i);
            if (after.nanos >= nanos) {
                Sample before = samples.get(i - 1);
                double part = (double) (nanos - before.nanos) / (after.nanos - before.nanos);
                double start = figure.applyAsDouble(before);
                return start + part * (figure.applyAsDouble(after) - start);
            }
        }
        throw new IllegalStateException("the processes ended before the measured interval did");
    }

    private void sampleUntilStopped() {
        try {
            while (!stopped) {
                double spent = processes.get().stream()
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                        .mapToDouble(CpuTrace::cpuSeconds)
                        .sum();
                HostCpu host = HostCpu.now();
                samples.add(new Sample(System.nanoTime(), spent, host.busy() + host.stolen()));
                TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
            }
            sampling.complete(null);
        } catch (InterruptedException | RuntimeException e) {
            sampling.completeExceptionally(e);
        }
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private record Sample(long nanos, double cpuSeconds, double hostSeconds) {}
}
