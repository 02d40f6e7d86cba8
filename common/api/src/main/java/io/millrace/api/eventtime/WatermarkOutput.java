package io.millrace.api.eventtime;

/** Takes what a {@link WatermarkGenerator} decides. A watermark not above the last one is ignored. */
public interface WatermarkOutput {
    void emitWatermark(Watermark watermark);

    /** As {@link #emitWatermark(Watermark)}, without an object per call. */
    default void emitWatermark(long timestamp) {
        emitWatermark(new Watermark(timestamp));
    }

    /** Takes this output out of the minimum until it is active again. */
    void markIdle();

    void markActive();
}
