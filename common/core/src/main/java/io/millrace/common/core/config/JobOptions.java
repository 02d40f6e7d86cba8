package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/** Settings that a job may bring along. */
public final class JobOptions {
    public static final ConfigOption<Boolean> OBJECT_REUSE = new ConfigOption<>(
            "job.object-reuse",
            new ConfigType.BooleanType(),
            "false",
            "Turns off the copies that protect mutable elements from being shared between tasks.");
    public static final ConfigOption<Duration> AUTO_WATERMARK_INTERVAL = new ConfigOption<>(
            "job.auto-watermark-interval",
            new ConfigType.DurationType(),
            "200ms",
            "How often periodic watermark generators are asked for a watermark.");
    public static final ConfigOption<String> GLOBAL_PARAMETERS = new ConfigOption<>(
            "job.global-parameters",
            new ConfigType.TextType(),
            "",
            "Parameters that every rich function sees, in the form that ExecutionConfig writes.");
    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL = new ConfigOption<>(
            "checkpoint.interval",
            new ConfigType.DurationType(),
            "1s",
            "Time between checkpoints. Recorded with the job; this version takes no checkpoints yet.");

    static final List<ConfigOption<?>> ALL =
            List.of(OBJECT_REUSE, AUTO_WATERMARK_INTERVAL, GLOBAL_PARAMETERS, CHECKPOINT_INTERVAL);

    private JobOptions() {}
}
