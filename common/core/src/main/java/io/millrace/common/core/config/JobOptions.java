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
            "Time between checkpoints; 0ms turns them off. A job without them is not started again after a failure, unless"
                    + " restart.strategy is set.");

    public static final ConfigOption<String> CHECKPOINT_MODE = new ConfigOption<>(
            "checkpoint.mode",
            new ConfigType.ChoiceType(List.of("exactly-once", "at-least-once")),
            "exactly-once",
            "What a failure may do to state. Recorded with the job; this version aligns barriers in either mode.");
    public static final ConfigOption<Duration> CHECKPOINT_TIMEOUT = new ConfigOption<>(
            "checkpoint.timeout",
            new ConfigType.DurationType(),
            "10min",
            "After this long an incomplete checkpoint is given up.");
    public static final ConfigOption<Duration> CHECKPOINT_MIN_PAUSE = new ConfigOption<>(
            "checkpoint.min-pause",
            new ConfigType.DurationType(),
            "0ms",
            "Least time from the end of a checkpoint to the next one's start.");
    public static final ConfigOption<Integer> CHECKPOINT_MAX_CONCURRENT = new ConfigOption<>(
            "checkpoint.max-concurrent",
            new ConfigType.IntType(1, 100),
            "1",
            "How many checkpoints may be under way at once.");
    public static final ConfigOption<StorageLocation> CHECKPOINT_DIR = new ConfigOption<>(
            "checkpoint.dir",
            new ConfigType.StorageType(),
            "",
            "Where checkpoints are kept, below the job's id; empty for the cluster's place, jobmanager.checkpoint-dir.");
    public static final ConfigOption<String> CHECKPOINT_RETENTION = new ConfigOption<>(
            "checkpoint.retention",
            new ConfigType.ChoiceType(List.of("retain", "delete-on-cancel", "delete")),
            "retain",
            "When a job is cancelled or fails: keep its last checkpoint, keep it only if the job failed, or delete it.");
    public static final ConfigOption<Boolean> CHECKPOINT_UNALIGNED = new ConfigOption<>(
            "checkpoint.unaligned",
            new ConfigType.BooleanType(),
            "true",
            "Whether barriers may pass before the elements in front of them when alignment takes long; exactly-once only.");
    public static final ConfigOption<Duration> CHECKPOINT_ALIGNED_TIMEOUT = new ConfigOption<>(
            "checkpoint.aligned-timeout",
            new ConfigType.DurationType(),
            "1s",
            "How long a task aligns a barrier before it lets it pass and captures what is under way; 0ms: at once.");
    public static final ConfigOption<Integer> CHECKPOINT_TOLERABLE_FAILURES = new ConfigOption<>(
            "checkpoint.tolerable-failures",
            new ConfigType.IntType(0, Integer.MAX_VALUE),
            "2147483647",
            "How many checkpoints in a row may fail before the job does; by default it outlives any outage of its"
                    + " storage.");
    public static final ConfigOption<Integer> CHECKPOINT_RETAINED = new ConfigOption<>(
            "checkpoint.retained",
            new ConfigType.IntType(1, 1_000),
            "1",
            "How many of the latest checkpoints are kept while the job runs.");

    public static final ConfigOption<StorageLocation> FROM = new ConfigOption<>(
            "job.from",
            new ConfigType.StorageType(),
            "",
            "Savepoint or kept checkpoint whose state the job begins with: its directory, or a place with exactly one."
                    + " Empty: the job begins without state.");
    public static final ConfigOption<Boolean> ALLOW_DROPPED_STATE = new ConfigOption<>(
            "job.allow-dropped-state",
            new ConfigType.BooleanType(),
            "false",
            "Whether state of operators that the job does not have may be left behind by job.from.");
    public static final ConfigOption<String> STATE_BACKEND = new ConfigOption<>(
            "state.backend",
            new ConfigType.ChoiceType(List.of("heap", "rocksdb")),
            "heap",
            "Where keyed state is kept: as objects on the heap, or in RocksDB on local disk with a cache of objects in"
                    + " front, for state larger than memory.");

    static final List<ConfigOption<?>> ALL = List.of(
            OBJECT_REUSE,
            AUTO_WATERMARK_INTERVAL,
            GLOBAL_PARAMETERS,
            FROM,
            ALLOW_DROPPED_STATE,
            CHECKPOINT_INTERVAL,
            CHECKPOINT_MODE,
            CHECKPOINT_TIMEOUT,
            CHECKPOINT_MIN_PAUSE,
            CHECKPOINT_MAX_CONCURRENT,
            CHECKPOINT_DIR,
            CHECKPOINT_RETENTION,
            CHECKPOINT_UNALIGNED,
            CHECKPOINT_ALIGNED_TIMEOUT,
            CHECKPOINT_TOLERABLE_FAILURES,
            CHECKPOINT_RETAINED,
            STATE_BACKEND);

    private JobOptions() {}
}
