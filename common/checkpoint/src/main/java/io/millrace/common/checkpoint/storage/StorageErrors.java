package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.error.ErrorCode;

/** Failures of storages. */
public enum StorageErrors implements ErrorCode {
    /** There is no object of this name. */
    STORAGE_OBJECT_MISSING,
    /** The storage's directory or bucket is not there. */
    STORAGE_MISSING,
    /** The storage refuses this process. */
    STORAGE_DENIED,
    /** The storage may be read only. */
    STORAGE_READ_ONLY,
    /** The storage has no room left. */
    STORAGE_FULL,
    /** The storage cannot do what every checkpoint needs. */
    STORAGE_UNSUITABLE,
    /** There is no storage for places of this kind in this build. */
    STORAGE_NOT_SUPPORTED,
    /** The storage failed in another way; trying again may help. */
    STORAGE_FAILED,
    /** Neither a write's answer nor reading back tells whether it took effect. */
    STORAGE_OUTCOME_UNKNOWN
}
