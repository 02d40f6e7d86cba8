package io.millrace.client.examples.loganalysis.options;

/**
 * Where a job that starts afresh begins to read its topic.
 *
 * @param timestampMs for {@link Point#TIMESTAMP}, in milliseconds since 1970-01-01T00:00Z
 */
public record KafkaStart(Point point, long timestampMs) {
    static final KafkaStart DEFAULT = new KafkaStart(Point.COMMITTED_OR_LATEST, 0);

    /** A kind of starting point. */
    public enum Point {
        /** Where the group's committed offsets are; without them behind the newest record. */
        COMMITTED_OR_LATEST,
        /** Where the group's committed offsets are; without them the job fails. */
        COMMITTED,
        EARLIEST,
        LATEST,
        /** The first record of a time or later. */
        TIMESTAMP
    }
}
