package io.millrace.api.eventtime;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;
import java.time.Duration;

/** The watermark is the largest timestamp so far, less the bound, less one millisecond; given out periodically. */
public class BoundedOutOfOrdernessWatermarks<T> implements WatermarkGenerator<T> {
    private final long boundMillis;
    private long maxTimestamp;

    public BoundedOutOfOrdernessWatermarks(Duration maxOutOfOrderness) {
        checkBound(maxOutOfOrderness);
        this.boundMillis = maxOutOfOrderness.toMillis();
        // The smallest value from which the subtraction below does not wrap around.
        this.maxTimestamp = Long.MIN_VALUE + boundMillis + 1;
    }

    static void checkBound(Duration maxOutOfOrderness) {
        if (maxOutOfOrderness.isNegative()) {
            throw Problem.of(
                            ApiErrors.BAD_ARGUMENT,
                            "The bound of out-of-orderness must not be negative, found " + maxOutOfOrderness)
                    .fix("Give forBoundedOutOfOrderness a duration of zero or more")
                    .asException();
        }
    }

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        maxTimestamp = Math.max(maxTimestamp, eventTimestamp);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(maxTimestamp - boundMillis - 1);
    }
}
