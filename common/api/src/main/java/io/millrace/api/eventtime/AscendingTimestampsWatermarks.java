package io.millrace.api.eventtime;

/** The watermark is the largest timestamp so far, less one millisecond: elements of the same timestamp may follow. */
public final class AscendingTimestampsWatermarks<T> implements WatermarkGenerator<T> {
    private long maxTimestamp = Long.MIN_VALUE + 1;

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        maxTimestamp = Math.max(maxTimestamp, eventTimestamp);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(maxTimestamp - 1);
    }
}
