package io.millrace.api.windowing;

import java.time.Duration;

/**
 * Windows by the processing-time clock that follow each other without gap or overlap; window k starts at {@code offset
 * + k * size}.
 */
public record TumblingProcessingTimeWindows(long sizeMillis, long offsetMillis) implements AlignedWindows<Object> {

    public TumblingProcessingTimeWindows {
        WindowBounds.check("TumblingProcessingTimeWindows", sizeMillis, offsetMillis);
    }

    public static TumblingProcessingTimeWindows of(Duration size) {
        return of(size, Duration.ZERO);
    }

    /**
     * @param offset less than {@code size} either way; {@code Duration.ofHours(-8)} aligns days to a clock 8 hours
     *     ahead of UTC
     */
    public static TumblingProcessingTimeWindows of(Duration size, Duration offset) {
        return new TumblingProcessingTimeWindows(size.toMillis(), offset.toMillis());
    }

    @Override
    public long slideMillis() {
        return sizeMillis;
    }

    @Override
    public boolean isEventTime() {
        return false;
    }
}
