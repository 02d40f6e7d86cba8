package io.millrace.jobmanager.control.checkpoint;

/** How a checkpoint stands. */
public enum CheckpointStatus {
    IN_PROGRESS,
    COMPLETED,
    /** Given up; nothing can be restored from it. */
    FAILED
}
