package io.millrace.api.environment;

import io.millrace.common.core.config.JobOptions;
import java.time.Duration;

/**
 * Settings of checkpoints. They are recorded with the job; this version takes no checkpoints yet, so a job that fails
 * starts again from its beginning when it is submitted again.
 */
public final class CheckpointConfig {
    private final JobSettings settings;

    CheckpointConfig(JobSettings settings) {
        this.settings = settings;
    }

    /** Whether checkpoints are asked for: yes, unless turned off. */
    public boolean isCheckpointingEnabled() {
        return getCheckpointInterval() > 0;
    }

    public void disableCheckpointing() {
        settings.setMillis(JobOptions.CHECKPOINT_INTERVAL, 0);
    }

    /** Milliseconds from the start of one checkpoint to the start of the next; 0 if turned off. */
    public long getCheckpointInterval() {
        return settings.get(JobOptions.CHECKPOINT_INTERVAL).toMillis();
    }

    public void setCheckpointInterval(long millis) {
        settings.setMillis(JobOptions.CHECKPOINT_INTERVAL, millis);
    }

    public CheckpointingMode getCheckpointingMode() {
        return settings.get(JobOptions.CHECKPOINT_MODE).equals("exactly-once")
                ? CheckpointingMode.EXACTLY_ONCE
                : CheckpointingMode.AT_LEAST_ONCE;
    }

    public void setCheckpointingMode(CheckpointingMode mode) {
        settings.set(
                JobOptions.CHECKPOINT_MODE, mode == CheckpointingMode.EXACTLY_ONCE ? "exactly-once" : "at-least-once");
    }

    /** Milliseconds after which a checkpoint that is not complete is given up. */
    public long getCheckpointTimeout() {
        return settings.get(JobOptions.CHECKPOINT_TIMEOUT).toMillis();
    }

    public void setCheckpointTimeout(long millis) {
        settings.setMillis(JobOptions.CHECKPOINT_TIMEOUT, millis);
    }

    /** Milliseconds from the end of one checkpoint to the start of the next, at least. */
    public long getMinPauseBetweenCheckpoints() {
        return settings.get(JobOptions.CHECKPOINT_MIN_PAUSE).toMillis();
    }

    public void setMinPauseBetweenCheckpoints(long millis) {
        settings.setMillis(JobOptions.CHECKPOINT_MIN_PAUSE, millis);
    }

    public int getMaxConcurrentCheckpoints() {
        return settings.get(JobOptions.CHECKPOINT_MAX_CONCURRENT);
    }

    public void setMaxConcurrentCheckpoints(int maxConcurrentCheckpoints) {
        settings.set(JobOptions.CHECKPOINT_MAX_CONCURRENT, maxConcurrentCheckpoints);
    }

    public void setCheckpointInterval(Duration interval) {
        setCheckpointInterval(interval.toMillis());
    }
}
