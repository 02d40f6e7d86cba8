package io.millrace.client.examples.loganalysis.reading;

/** Why a line gives no event although it should. The names are written to the output and never change their meaning. */
public enum RejectionCode {
    /** Nothing but blanks. */
    LOG_BLANK,
    /** Longer than {@link LineLimits#MAX_LINE_BYTES}. */
    LOG_TOO_LONG,
    /** Not a JSON text. */
    LOG_NOT_JSON,
    /** A JSON value, but no object. */
    LOG_NOT_OBJECT,
    /** Something follows the object. */
    LOG_TRAILING_CONTENT,
    /** Nested deeper than {@link LineLimits#MAX_DEPTH}. */
    LOG_TOO_DEEP,
    LOG_FIELD_MISSING,
    /** A field has another type than it must have. */
    LOG_FIELD_TYPE,
    LOG_FIELD_EMPTY,
    /** A field of the event is there twice: which one is meant is not guessed. */
    LOG_FIELD_DUPLICATE,
    /** A time before 1970 or after 9999. */
    LOG_TIMESTAMP_RANGE,
    /** A date or time of day that does not exist. */
    LOG_DATE_INVALID,
    /** "message repeated n times" with an n that no log writes. */
    LOG_REPEAT_RANGE,
    /** Not a line of a combined access log. */
    LOG_NOT_ACCESS
}
