package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.error.Check;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a coordinator is told at its start. */
public record CheckpointSettings(Timing timing, Limits limits) {
    private static final long RETRY_MS = 1_000;
    private static final long ORPHAN_GRACE_MS = 60_000;
    private static final int HISTORY = 20;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * @param intervalMs from one trigger to the next; 0: only savepoints are taken
     * @param timeoutMs after which a checkpoint that is not complete is given up
     * @param minPauseMs from the end of a checkpoint to the next trigger, at least
     * @param retryMs after which I/O that failed, or whose outcome is unknown, is asked for again
     * @param orphanGraceMs after which what a lost writer began is on the storage if it ever comes there
     */
    public record Timing(long intervalMs, long timeoutMs, long minPauseMs, long retryMs, long orphanGraceMs) {
        public Timing {
            Check.argument(intervalMs >= 0 && minPauseMs >= 0, "Times are not negative");
            Check.argument(timeoutMs > 0 && retryMs > 0 && orphanGraceMs > 0, "Time-outs are positive");
        }

        long intervalNanos() {
            return TimeUnit.MILLISECONDS.toNanos(intervalMs);
        }

        long timeoutNanos() {
            return TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        }

        long minPauseNanos() {
            return TimeUnit.MILLISECONDS.toNanos(minPauseMs);
        }

        long retryNanos() {
            return TimeUnit.MILLISECONDS.toNanos(retryMs);
        }

        long orphanGraceNanos() {
            return TimeUnit.MILLISECONDS.toNanos(orphanGraceMs);
        }
    }

    /**
     * @param maxConcurrent how many checkpoints may be under way; savepoints do not count
     * @param tolerableFailures how many may fail in a row before the job does
     * @param retained how many complete ones are kept
     * @param history how many are remembered, complete or not
     */
    public record Limits(int maxConcurrent, int tolerableFailures, int retained, int history) {
        public Limits {
            Check.argument(maxConcurrent >= 1 && retained >= 1 && history >= 1, "At least one checkpoint is allowed");
            Check.argument(tolerableFailures >= 0, "A number of failures is not negative");
        }
    }

    public static CheckpointSettings of(Configuration job) {
        return new CheckpointSettings(
                new Timing(
                        millis(job, JobOptions.CHECKPOINT_INTERVAL),
                        Math.max(1, millis(job, JobOptions.CHECKPOINT_TIMEOUT)),
                        millis(job, JobOptions.CHECKPOINT_MIN_PAUSE),
                        RETRY_MS,
                        ORPHAN_GRACE_MS),
                new Limits(
                        job.get(JobOptions.CHECKPOINT_MAX_CONCURRENT),
                        job.get(JobOptions.CHECKPOINT_TOLERABLE_FAILURES),
                        job.get(JobOptions.CHECKPOINT_RETAINED),
                        HISTORY));
    }

    /** No longer than deadlines can be counted in. */
    private static long millis(Configuration job, ConfigOption<Duration> option) {
        Duration given = job.get(option);
        return given.compareTo(LONGEST) < 0 ? given.toMillis() : LONGEST.toMillis();
    }
}
