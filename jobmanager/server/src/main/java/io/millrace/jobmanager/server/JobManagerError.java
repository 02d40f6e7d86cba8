package io.millrace.jobmanager.server;

import io.millrace.common.core.error.ErrorCode;

/** Why a JobManager cannot start. */
public enum JobManagerError implements ErrorCode {
    /** The data directory cannot be written. */
    DATA_DIR_UNUSABLE,
    /** Another JobManager runs on the data directory. */
    DATA_DIR_IN_USE,
    /** A file in the data directory does not hold what was written to it. */
    DATA_DIR_DAMAGED,
    /** Two settings contradict each other. */
    SETTINGS_CONTRADICT
}
