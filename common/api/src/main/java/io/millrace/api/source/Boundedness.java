package io.millrace.api.source;

/** Whether a source ends. */
public enum Boundedness {
    BOUNDED,
    CONTINUOUS_UNBOUNDED
}
