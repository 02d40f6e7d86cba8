package io.millrace.api.environment;

/** What a failure may do to the state of a job. */
public enum CheckpointingMode {
    /** Every element counts once. */
    EXACTLY_ONCE,
    /** Every element counts, some may count twice. */
    AT_LEAST_ONCE
}
