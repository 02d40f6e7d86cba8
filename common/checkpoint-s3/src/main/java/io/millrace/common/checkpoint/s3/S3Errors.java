package io.millrace.common.checkpoint.s3;

import io.millrace.common.core.error.ErrorCode;

/** What only an object store is refused for; its failures have the codes that all storages share. */
public enum S3Errors implements ErrorCode {
    /** A setting of the connection has a value that cannot be. */
    S3_SETTING_INVALID,
    /** No access key was found, or the file that should hold it cannot be used. */
    S3_CREDENTIALS_UNUSABLE,
    /** An object is larger than one request may carry. */
    S3_OBJECT_TOO_LARGE
}
