package io.millrace.jobmanager.server.metadata;

import io.millrace.common.core.error.ErrorCode;

/** Failures of the metadata log. */
public enum MetadataError implements ErrorCode {
    /** The log does not hold what was written to it. */
    METADATA_LOG_DAMAGED,
    /** The log's directory cannot be read or written. */
    METADATA_LOG_UNUSABLE,
    /** An entry could not be made durable, and is certainly not in the log. */
    METADATA_LOG_FAILED,
    /** An entry could not be made durable, and may be in the log or not. */
    METADATA_LOG_UNKNOWN
}
