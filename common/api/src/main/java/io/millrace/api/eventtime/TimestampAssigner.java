package io.millrace.api.eventtime;

/** Gives an element its event time. */
@FunctionalInterface
public interface TimestampAssigner<T> {
    /** The timestamp of an element that has none yet. */
    long NO_TIMESTAMP = Long.MIN_VALUE;

    /**
     * @param recordTimestamp the timestamp the element has so far, {@link #NO_TIMESTAMP} if none
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long extractTimestamp(T element, long recordTimestamp);
}
