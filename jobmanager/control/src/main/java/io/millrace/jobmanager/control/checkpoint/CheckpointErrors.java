package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.ErrorCode;

/** Why a checkpoint was not taken, was given up or was slow. */
public enum CheckpointErrors implements ErrorCode {
    CHECKPOINT_TIMED_OUT,
    /** A TaskManager acknowledged what cannot be. */
    CHECKPOINT_BAD_ACKNOWLEDGEMENT,
    /** A task that the checkpoint waited for is gone. */
    CHECKPOINT_RUN_ENDED,
    /** A newer one was complete first. */
    CHECKPOINT_SUBSUMED,
    /** The manifest of a checkpoint that has to be recovered from cannot be read, now or later. */
    CHECKPOINT_NOT_RECOVERABLE,
    /** It took longer than the time between two checkpoints. */
    CHECKPOINT_SLOW,
    /** More checkpoints failed in a row than the job tolerates. */
    TOO_MANY_FAILED_CHECKPOINTS,
    /** The savepoint of a drain failed when sources had ended for it: the job has to go back behind that. */
    DRAIN_FAILED,
    /** None can be taken: the metadata log does not take entries. */
    METADATA_LOG_BEHIND,
    /** No savepoint can be taken: not all tasks run. */
    JOB_NOT_RUNNING,
    /** No savepoint can be taken: another one is ending the job. */
    STOP_UNDER_WAY
}
