package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.core.error.ErrorCode;

/** Failures of the I/O of checkpoints that are no failures of their storage. */
public enum StoreErrors implements ErrorCode {
    /** The name of a manifest, or of a file that a savepoint needs, belongs to another one. */
    MANIFEST_NAME_TAKEN,
    /** What a TaskManager wrote cannot be seen from here, or not all of it. */
    CHECKPOINT_DIR_NOT_SHARED
}
