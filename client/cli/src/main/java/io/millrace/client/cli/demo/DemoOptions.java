package io.millrace.client.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants of the demonstration.
 *
 * @param length from when the job runs; empty to run until it is interrupted
 * @param rate log lines per second
 * @param seed of the traffic; empty for the job's own
 */
public record DemoOptions(Optional<Duration> length, int rate, Optional<Long> seed, int parallelism) {
    public static final int USUAL_RATE = 1_000;
    public static final int USUAL_PARALLELISM = 2;

    /** Two days of event time in 20 s: anomalies need a login of more than a day before. */
    static final int SPEEDUP = 8_640;

    /** The arguments of the log analysis. */
    List<String> jobArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--source", "generator", "--rate", Integer.toString(rate), "--speedup", Integer.toString(SPEEDUP)));
        seed.ifPresent(number -> arguments.addAll(List.of("--seed", Long.toString(number))));
        return arguments;
    }
}
