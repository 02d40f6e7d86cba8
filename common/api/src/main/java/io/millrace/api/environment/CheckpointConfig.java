package io.millrace.api.environment;

import io.millrace.common.core.config.JobOptions;
import java.time.Duration;

/**
 * Settings of checkpoints, which are taken every second unless this says otherwise. A job that fails goes on from its
 * last complete one.
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

    /** As {@link #setCheckpointInterval(long)}. */
    public void enableCheckpointing(long intervalMillis) {
        setCheckpointInterval(intervalMillis);
    }

    public void enableCheckpointing(long intervalMillis, CheckpointingMode mode) {
        setCheckpointingMode(mode);
        setCheckpointInterval(intervalMillis);
    }

    /**
     * Where checkpoints are kept: {@code file:///path}, an absolute path that every process of the cluster sees, or
     * {@code s3://bucket/prefix}.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code CONFIG_BAD_VALUE} for anything else
     */
    public void setCheckpointStorageDir(String location) {
        settings.set(JobOptions.CHECKPOINT_DIR, location);
    }

    /** As {@link #setCheckpointStorageDir}. */
    public void setCheckpointStorage(String location) {
        setCheckpointStorageDir(location);
    }

    /** Empty for the cluster's place. */
    public String getCheckpointStorageDir() {
        return settings.get(JobOptions.CHECKPOINT_DIR).toString();
    }

    public void setExternalizedCheckpointRetention(ExternalizedCheckpointRetention retention) {
        settings.set(JobOptions.CHECKPOINT_RETENTION, retention.setting());
    }

    public ExternalizedCheckpointRetention getExternalizedCheckpointRetention() {
        return ExternalizedCheckpointRetention.ofSetting(settings.get(JobOptions.CHECKPOINT_RETENTION));
    }

    /** Lets barriers overtake elements when their alignment takes longer than the timeout; on unless turned off. */
    public void enableUnalignedCheckpoints() {
        enableUnalignedCheckpoints(true);
    }

    public void enableUnalignedCheckpoints(boolean enabled) {
        settings.set(JobOptions.CHECKPOINT_UNALIGNED, enabled);
    }

    public boolean isUnalignedCheckpointsEnabled() {
        return settings.get(JobOptions.CHECKPOINT_UNALIGNED);
    }

    /** How long barriers are aligned before they overtake; zero overtakes at once. */
    public void setAlignedCheckpointTimeout(Duration timeout) {
        settings.setMillis(JobOptions.CHECKPOINT_ALIGNED_TIMEOUT, timeout.toMillis());
    }

    public Duration getAlignedCheckpointTimeout() {
        return settings.get(JobOptions.CHECKPOINT_ALIGNED_TIMEOUT);
    }
}
