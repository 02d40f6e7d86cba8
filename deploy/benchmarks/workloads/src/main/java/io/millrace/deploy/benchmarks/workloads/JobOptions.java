package io.millrace.deploy.benchmarks.workloads;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * The arguments of one run of a workload, the same for every engine. A run ends after {@code millis} of emitting or
 * after {@code count} records over all splits, whichever comes first; zero means unlimited.
 *
 * @param probes directory that receives the probe files; it exists and is readable by the suite
 * @param millis how long every source subtask emits, in milliseconds
 * @param count records of all source subtasks together
 * @param rate records per second of all source subtasks together, zero for as fast as possible
 * @param warmupMillis leading part of the run that latency figures leave out, in milliseconds
 */
public record JobOptions(String probes, long millis, long count, long rate, long warmupMillis) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public JobOptions {
        if (millis < 0 || count < 0 || rate < 0 || warmupMillis < 0) {
            throw new IllegalArgumentException("millis, count, rate and warmup must not be negative");
        }
        if (millis == 0 && count == 0) {
            throw new IllegalArgumentException("a run needs a bound: --millis or --count");
        }
    }

    /** Reads what {@link #args()} writes. */
    public static JobOptions parse(String... args) {
        String probes = ".";
        long millis = 0;
        long count = 0;
        long rate = 0;
        long warmup = 0;
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--probes" -> probes = value;
                case "--millis" -> millis = Long.parseLong(value);
                case "--count" -> count = Long.parseLong(value);
                case "--rate" -> rate = Long.parseLong(value);
                case "--warmup" -> warmup = Long.parseLong(value);
                default -> throw new IllegalArgumentException("unknown argument " + args[i]);
            }
        }
        return new JobOptions(probes, millis, count, rate, warmup);
    }

    /** The arguments of the job's {@code main}. */
    public List<String> args() {
        return List.of(
                "--probes", probes,
                "--millis", Long.toString(millis),
                "--count", Long.toString(count),
                "--rate", Long.toString(rate),
                "--warmup", Long.toString(warmupMillis));
    }
}
