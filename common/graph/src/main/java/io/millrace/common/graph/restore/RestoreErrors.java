package io.millrace.common.graph.restore;

import io.millrace.common.core.error.ErrorCode;

/** Why a job cannot take up the state of a checkpoint. */
public enum RestoreErrors implements ErrorCode {
    /** State of an operator that the job does not have. */
    STATE_WITHOUT_OPERATOR,
    /** State that could be that of more than one operator. */
    STATE_AMBIGUOUS,
    /** Keyed state of an operator whose number of key groups is another now. */
    MAX_PARALLELISM_CHANGED,
    /** Elements that were on their way to an operator whose inputs are others now. */
    IN_FLIGHT_INCOMPATIBLE,
    /** The checkpoint belongs to a job that runs, and goes when that job has newer ones. */
    CHECKPOINT_OF_LIVE_JOB
}
