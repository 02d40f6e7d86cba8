package io.millrace.deploy.benchmarks.suite;

import java.nio.file.Path;
import java.util.List;

/**
 * What holds for every engine of a run of the suite.
 *
 * @param home the folder {@code deploy/benchmarks} of the built checkout
 * @param rounds measured rounds per workload
 * @param warmupMs emitting time before figures count
 * @param measureMs time over which figures count
 * @param rate records per second of the paced workload
 * @param heapMiB heap of each worker process
 * @param workerJvmOptions more options for the JVM of every worker process, a profiler for instance
 * @param checkCount records of the run that compares results before anything is measured, zero for no such run
 */
record SuiteOptions(
        Path home,
        int rounds,
        long warmupMs,
        long measureMs,
        long rate,
        int heapMiB,
        long checkCount,
        List<String> workerJvmOptions) {

    private static final long SLACK_MS = 1_500;

    /** How long a source emits: warm-up, measurement, and some more so that all subtasks cover the interval. */
    long emitMs() {
        return warmupMs + measureMs + SLACK_MS;
    }

    /** After this a job has hung. */
    long jobTimeoutMs() {
        return emitMs() + 300_000;
    }
}
