package io.millrace.api;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a job as its author wrote it. */
public enum ApiErrors implements ErrorCode {
    /** A value handed to the API is outside its bounds. */
    BAD_ARGUMENT,
    /** Several problems were found in one job; all are listed. */
    JOB_INVALID,
    /** A job has no source. */
    JOB_WITHOUT_SOURCE,
    /** A job has no sink, so that nothing would come of it. */
    JOB_WITHOUT_SINK,
    /** A job has more operators than is allowed. */
    JOB_TOO_LARGE,
    /** Two operators have the same uid. */
    UID_NOT_UNIQUE,
    /** A parallelism or maximum parallelism is outside its bounds, or the first exceeds the second. */
    PARALLELISM_OUT_OF_BOUNDS,
    /** A forward exchange joins operators of different parallelism. */
    FORWARD_NOT_POSSIBLE,
    /** A keyed stream is given another exchange. */
    EXCHANGE_ON_KEYED_STREAM,
    /** One side output is read with two different types. */
    SIDE_OUTPUT_TYPE_CONFLICT,
    /** A function or one of the objects it holds cannot be serialized. */
    CLOSURE_NOT_SERIALIZABLE,
    /** A serialized function cannot be read where the job runs. */
    CLOSURE_NOT_READABLE,
    /** A field to sum up does not exist or is not a number. */
    FIELD_NOT_SUMMABLE,
    /** No executor is on the class path. */
    NO_EXECUTOR,
    /** The program was interrupted while it waited for its job. */
    EXECUTION_INTERRUPTED
}
