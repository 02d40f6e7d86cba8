package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.ProbeReport;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * The part of a run that counts: it begins when every subtask has seen its first record and the warm-up has passed, and
 * lasts the time asked for. Counts inside it are interpolated between the samples of the probes.
 */
record SteadyInterval(List<ProbeReport> probes, long firstNanos, long fromNanos, long untilNanos) {

    static SteadyInterval of(List<ProbeReport> probes, SuiteOptions options) {
        List<ProbeReport> used =
                probes.stream().filter(probe -> probe.samples().length > 0).toList();
        if (used.isEmpty()) {
            throw new IllegalStateException("no record reached the measured probe");
        }
        LongSummaryStatistics firsts =
                used.stream().mapToLong(p -> p.samples()[0]).summaryStatistics();
        long lastNanos = used.stream()
                .mapToLong(p -> p.samples()[p.samples().length - 2])
                .min()
                .orElseThrow();
        long from = firsts.getMax() + options.warmupMs() * 1_000_000;
        long until = from + options.measureMs() * 1_000_000;
        if (until > lastNanos) {
            throw new IllegalStateException(
                    "the records ended " + (until - lastNanos) / 1_000_000 + " ms before the measured interval did");
        }
        return new SteadyInterval(used, firsts.getMin(), from, until);
    }

    /** Records that passed the probes inside the interval. */
    double records() {
        return probes.stream()
                .mapToDouble(p -> countAt(p.samples(), untilNanos) - countAt(p.samples(), fromNanos))
                .sum();
    }

    double seconds() {
        return (untilNanos - fromNanos) / 1e9;
    }

    private static double countAt(long[] samples, long nanos) {
        int low = 0;
        int high = samples.length / 2 - 1;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (samples[middle * 2] <= nanos) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double part = (double) (nanos - samples[low * 2]) / (samples[high * 2] - samples[low * 2]);
        return samples[low * 2 + 1] + part * (samples[high * 2 + 1] - samples[low * 2 + 1]);
    }
}
