package io.millrace.client.connectors.kafka.source;

/** Where to start reading a partition of which nothing else is known. */
public enum OffsetResetStrategy {
    /** The oldest record. */
    EARLIEST,
    /** Behind the newest record. */
    LATEST,
    /** Nowhere: the job fails. */
    NONE
}
