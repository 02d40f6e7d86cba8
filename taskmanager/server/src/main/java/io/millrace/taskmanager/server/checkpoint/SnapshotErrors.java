package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.error.ErrorCode;

/** Why a TaskManager cannot do its share of a checkpoint, besides failures of the storage. */
public enum SnapshotErrors implements ErrorCode {
    /** A task does not run yet, or no longer. */
    CHECKPOINT_TASK_NOT_RUNNING,
    /** A task let a later barrier pass, so that it can no longer give this snapshot. */
    CHECKPOINT_OVERTAKEN,
    /** The checkpoint was given up before anything was written for it. */
    CHECKPOINT_ABORTED,
    /** A snapshot stands on an earlier one whose files are no longer known here. */
    CHECKPOINT_BASE_FORGOTTEN,
    /** What the trigger names is no place for checkpoints. */
    CHECKPOINT_PLACE_INVALID,
    /** A name that nobody else may use was taken. */
    CHECKPOINT_NAME_TAKEN,
    /** Storing failed in a way that it must not; a bug, or the process is ending. */
    CHECKPOINT_WRITER_BROKE
}
