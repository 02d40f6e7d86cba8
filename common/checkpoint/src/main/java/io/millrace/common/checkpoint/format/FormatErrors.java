package io.millrace.common.checkpoint.format;

import io.millrace.common.core.error.ErrorCode;

/** Why a file of a checkpoint cannot be used. */
public enum FormatErrors implements ErrorCode {
    /** Bytes of a file are not those that were written. */
    CHECKPOINT_DAMAGED,
    /** A file that the manifest names is not there. */
    CHECKPOINT_FILE_MISSING,
    /** A file is whole, but not the one that the manifest means. */
    CHECKPOINT_FILE_FOREIGN,
    /** A file was written by a newer version of Millrace. */
    CHECKPOINT_FORMAT_NEWER,
    /** There is no manifest at the place given. */
    CHECKPOINT_NOT_FOUND,
    /** There is more than one at the place given. */
    CHECKPOINT_NOT_UNIQUE
}
