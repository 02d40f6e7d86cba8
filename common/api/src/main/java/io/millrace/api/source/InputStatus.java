package io.millrace.api.source;

/** What a reader found when it was polled. */
public enum InputStatus {
    MORE_AVAILABLE,
    NOTHING_AVAILABLE,
    END_OF_INPUT
}
