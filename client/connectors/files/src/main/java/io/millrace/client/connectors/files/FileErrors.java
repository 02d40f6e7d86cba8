package io.millrace.client.connectors.files;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong with files. */
public enum FileErrors implements ErrorCode {
    /** A path to read does not exist. */
    FILE_NOT_FOUND,
    /** A file or directory cannot be read. */
    FILE_UNREADABLE,
    /** A compressed file ends early or is damaged. */
    FILE_DAMAGED,
    /** A file that is followed became shorter than what was read of it. */
    FILE_SHRANK,
    /** Output cannot be written. */
    FILE_NOT_WRITABLE,
    /** A finished part file is neither hidden nor visible as it was left. */
    FILE_LOST
}
