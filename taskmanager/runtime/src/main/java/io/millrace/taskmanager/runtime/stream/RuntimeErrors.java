package io.millrace.taskmanager.runtime.stream;

import io.millrace.common.core.error.ErrorCode;

/** Why a task can fail. */
public enum RuntimeErrors implements ErrorCode {
    /** A function, source or sink of the user's threw an exception. */
    USER_FUNCTION_FAILED,
    /** A null element reached an exchange, a sink or a keyed operator. */
    NULL_RECORD,
    /** A key selector returned null. */
    KEY_NULL,
    /** An element without a timestamp reached an event-time window. */
    TIMESTAMP_MISSING,
    /** Timers are asked for on a stream that is not keyed. */
    TIMER_WITHOUT_KEY,
    /** A partitioner of the user's chose a subtask that does not exist. */
    PARTITION_OUT_OF_RANGE,
    /** One element takes more bytes than an exchange can carry. */
    RECORD_TOO_LARGE,
    /** An element that may change cannot be copied where it begins to be shared. */
    RECORD_NOT_COPYABLE,
    /** An element cannot be written to bytes. */
    RECORD_NOT_WRITABLE,
    /** Bytes that arrived from another process cannot be read as an element. */
    RECORD_NOT_READABLE,
    /** A checkpoint has elements that were on their way to an input that the job no longer has. */
    IN_FLIGHT_WITHOUT_INPUT,
    /** A serializer read another number of bytes than it wrote. */
    SERIALIZER_MISMATCH,
    /** A window of this kind cannot be run. */
    WINDOW_NOT_SUPPORTED,
    /** A committer gave up on something that was written. */
    COMMIT_FAILED,
    /** A cancelled task wanted to emit more than there is room for. */
    TASK_CANCELED,
    /** A cancelled task does not end. */
    TASK_STUCK,
    /** The task itself went wrong; a bug of Millrace. */
    TASK_BROKEN
}
