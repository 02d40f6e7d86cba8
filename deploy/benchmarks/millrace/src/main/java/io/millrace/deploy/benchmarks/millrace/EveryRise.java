package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.deploy.benchmarks.workloads.LogEvent;

/** A watermark after every event that raises the maximum, 10 seconds behind it. */
public final class EveryRise implements WatermarkGenerator<LogEvent> {

    private static final long OUT_OF_ORDER_MILLIS = 10_000;

    private long max = Long.MIN_VALUE;

    @Override
    public void onEvent(LogEvent event, long timestamp, WatermarkOutput output) {
        if (timestamp > max) {
            max = timestamp;
            output.emitWatermark(new Watermark(max - OUT_OF_ORDER_MILLIS - 1));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // Every watermark was emitted with the event that raised it.
    }
}
