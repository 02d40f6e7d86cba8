package io.millrace.taskmanager.runtime.window;

import io.millrace.api.windowing.TimeWindow;

/**
 * When aligned windows begin, end and expire, in milliseconds. Window k starts at {@code offset + k * slide}.
 *
 * @param eventTime whether they follow watermarks or the clock
 * @param latenessMillis how long after its end a window still takes elements; 0 for processing time
 */
record WindowTimes(boolean eventTime, long sizeMillis, long slideMillis, long offsetMillis, long latenessMillis) {

    /** The end of the last window that holds {@code timestamp}. */
    long lastEnd(long timestamp) {
        return timestamp - Math.floorMod(timestamp - offsetMillis, slideMillis) + sizeMillis;
    }

    /** The end of the first window that holds {@code timestamp}. */
    long firstEnd(long timestamp) {
        long lastEnd = lastEnd(timestamp);
        if (sizeMillis == slideMillis) {
            return lastEnd;
        }
        // The largest number of whole slides to go back so that the window still ends after the timestamp.
        return lastEnd - (lastEnd - timestamp - 1) / slideMillis * slideMillis;
    }

    TimeWindow window(long end) {
        return new TimeWindow(end - sizeMillis, end);
    }

    /** The watermark at which a window is dropped. */
    long expiry(long end) {
        long expiry = end - 1 + latenessMillis;
        return expiry < end - 1 ? Long.MAX_VALUE : expiry;
    }

    boolean isExpired(long end, long watermark) {
        return expiry(end) <= watermark;
    }
}
