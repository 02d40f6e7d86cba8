package io.millrace.api.functions;

/**
 * Clocks and timers of a keyed function. A timer belongs to the current key; registering the same time twice gives one
 * timer. Times are milliseconds since 1970-01-01T00:00Z. Timers need a keyed stream.
 */
public interface TimerService {
    long currentProcessingTime();

    /** The operator's watermark; {@code Long.MIN_VALUE} before the first. */
    long currentWatermark();

    /** Fires when the processing-time clock reaches {@code time}. */
    void registerProcessingTimeTimer(long time);

    /** Fires when the watermark reaches {@code time}; one in the past at the next watermark advance. */
    void registerEventTimeTimer(long time);

    void deleteProcessingTimeTimer(long time);

    void deleteEventTimeTimer(long time);
}
