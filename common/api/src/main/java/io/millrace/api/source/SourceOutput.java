package io.millrace.api.source;

import io.millrace.api.eventtime.WatermarkOutput;

/** Takes a reader's elements and, if the source makes them itself, watermarks. */
public interface SourceOutput<T> extends WatermarkOutput {
    void collect(T element);

    /** @param timestamp milliseconds since 1970-01-01T00:00Z */
    void collect(T element, long timestamp);
}
