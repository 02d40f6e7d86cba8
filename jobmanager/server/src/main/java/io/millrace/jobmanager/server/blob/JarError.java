package io.millrace.jobmanager.server.blob;

import io.millrace.common.core.error.ErrorCode;

/** Why an uploaded file is not stored. */
public enum JarError implements ErrorCode {
    /** It has no bytes. */
    JAR_EMPTY,
    /** It is not a zip file, or a damaged one. */
    JAR_CORRUPT,
    /** What it expands to, or how often, is beyond the limits. */
    JAR_TOO_LARGE,
    /** An entry would be written outside the directory that it is unpacked to, or two entries have one name. */
    JAR_BAD_ENTRY,
    /** A job names a jar that was not uploaded. */
    JAR_NOT_UPLOADED,
    /** The blob store holds as much as it may. */
    BLOB_STORE_FULL,
    /** The blob store's directory cannot be written. */
    BLOB_STORE_FAILED
}
