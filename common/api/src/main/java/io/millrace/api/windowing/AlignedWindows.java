package io.millrace.api.windowing;

/**
 * Windows that are the same for every key and lie {@code slideMillis} apart, each {@code sizeMillis} long: tumbling if
 * both are equal. Window k starts at {@code offsetMillis + k * slideMillis}.
 */
public interface AlignedWindows<T> extends WindowAssigner<T, TimeWindow> {
    long sizeMillis();

    long slideMillis();

    long offsetMillis();
}
