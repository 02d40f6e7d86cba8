package io.millrace.api.windowing;

import java.time.Duration;

/**
 * Windows in event time that follow each other without gap or overlap; window k starts at {@code offset + k * size}.
 */
public record TumblingEventTimeWindows(long sizeMillis, long offsetMillis) implements AlignedWindows<Object> {

    public TumblingEventTimeWindows {
        WindowBounds.check("TumblingEventTimeWindows", sizeMillis, offsetMillis);
    }

    public static TumblingEventTimeWindows of(Duration size) {
        return of(size, Duration.ZERO);
    }

    /**
     * @param offset less than {@code size} either way; {@code Duration.ofHours(-8)} aligns days to a clock 8 hours
     *     ahead of UTC
     */
    public static TumblingEventTimeWindows of(Duration size, Duration offset) {
        return new TumblingEventTimeWindows(size.toMillis(), offset.toMillis());
    }

    @Override
    public long slideMillis() {
        return sizeMillis;
    }

    @Override
    public boolean isEventTime() {
        return true;
    }
}
