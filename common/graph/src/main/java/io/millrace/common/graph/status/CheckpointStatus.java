package io.millrace.common.graph.status;

/** How a checkpoint stands. */
public enum CheckpointStatus {
    IN_PROGRESS,
    COMPLETED,
    /** Given up; nothing can be restored from it. */
    FAILED
}
