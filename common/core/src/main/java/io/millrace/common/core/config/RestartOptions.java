package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/** Settings of what becomes of a job that fails. A job may bring them along. */
public final class RestartOptions {
    public static final ConfigOption<String> STRATEGY = new ConfigOption<>(
            "restart.strategy",
            new ConfigType.ChoiceType(List.of("exponential-delay", "fixed-delay", "failure-rate", "none")),
            "exponential-delay",
            "Whether and when a job that failed starts again from its last checkpoint. Unless this is set, a job whose own"
                    + " code fails before its first checkpoint is complete does not: its program or input is wrong.");
    public static final ConfigOption<Duration> EXPONENTIAL_DELAY = new ConfigOption<>(
            "restart.exponential-delay.initial-delay",
            new ConfigType.DurationType(),
            "1s",
            "Delay of the second restart; the first is immediate, every further one waits twice as long.");
    public static final ConfigOption<Duration> EXPONENTIAL_MAX_DELAY = new ConfigOption<>(
            "restart.exponential-delay.max-delay",
            new ConfigType.DurationType(),
            "1min",
            "Longest delay of a restart.");
    public static final ConfigOption<Duration> EXPONENTIAL_RESET = new ConfigOption<>(
            "restart.exponential-delay.reset-after",
            new ConfigType.DurationType(),
            "10min",
            "After lasting this long a job's next restart is immediate again.");
    public static final ConfigOption<Integer> FIXED_ATTEMPTS = new ConfigOption<>(
            "restart.fixed-delay.attempts",
            new ConfigType.IntType(0, Integer.MAX_VALUE),
            "3",
            "How often a job may start again over its whole life.");
    public static final ConfigOption<Duration> FIXED_DELAY = new ConfigOption<>(
            "restart.fixed-delay.delay", new ConfigType.DurationType(), "1s", "Delay of every restart.");
    public static final ConfigOption<Integer> RATE_FAILURES = new ConfigOption<>(
            "restart.failure-rate.max-failures",
            new ConfigType.IntType(1, 1_000_000),
            "3",
            "How many failures may fall into one interval; one more and the job stays failed.");
    public static final ConfigOption<Duration> RATE_INTERVAL = new ConfigOption<>(
            "restart.failure-rate.interval",
            new ConfigType.DurationType(),
            "1min",
            "The interval in which failures are counted.");
    public static final ConfigOption<Duration> RATE_DELAY = new ConfigOption<>(
            "restart.failure-rate.delay", new ConfigType.DurationType(), "1s", "Delay of every restart.");

    static final List<ConfigOption<?>> ALL = List.of(
            STRATEGY,
            EXPONENTIAL_DELAY,
            EXPONENTIAL_MAX_DELAY,
            EXPONENTIAL_RESET,
            FIXED_ATTEMPTS,
            FIXED_DELAY,
            RATE_FAILURES,
            RATE_INTERVAL,
            RATE_DELAY);

    private RestartOptions() {}
}
