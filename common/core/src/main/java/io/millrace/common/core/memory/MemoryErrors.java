package io.millrace.common.core.memory;

import io.millrace.common.core.error.ErrorCode;

/** Failures of reserving memory. */
public enum MemoryErrors implements ErrorCode {
    /** A reservation is larger than what its budget has left. */
    MEMORY_BUDGET_EXHAUSTED
}
