package io.millrace.api.checkpoint;

/** Which snapshot is taken. */
public interface FunctionSnapshotContext {

    /** Number of the checkpoint; rises over the life of a job. */
    long getCheckpointId();

    /** The time at which the barrier reached this task, in milliseconds since 1970-01-01T00:00Z. */
    long getCheckpointTimestamp();
}
