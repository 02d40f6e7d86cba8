package io.millrace.api;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a job as its author wrote it. */
public enum ApiErrors implements ErrorCode {
    /** A value handed to the API is outside its bounds. */
    BAD_ARGUMENT
}
