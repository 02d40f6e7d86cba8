package io.millrace.deploy.benchmarks.suite;

import org.jspecify.annotations.Nullable;

/**
 * One engine, one workload, one round.
 *
 * @param recordsPerSecond over the steady interval
 * @param cpuSecondsPerMillion processor seconds of all worker processes per million records
 * @param foreignCpu cores taken by anything else on the machine during the interval; the round is disturbed by it
 * @param readySeconds from starting the first process to all slots registered
 * @param firstRecordSeconds from starting the client to the first record at the measured probe
 * @param latency only of a paced workload
 */
record Measurement(
        String workload,
        String engine,
        int round,
        double recordsPerSecond,
        double cpuSecondsPerMillion,
        double foreignCpu,
        double readySeconds,
        double firstRecordSeconds,
        @Nullable Latency latency) {

    /** Milliseconds from due to seen at the sink. */
    record Latency(double p50, double p99, double p999, double max) {}
}
