package io.millrace.api.eventtime;

/** Makes watermarks from the elements of one split (or one subtask). Called by one thread. */
public interface WatermarkGenerator<T> {
    /** Called for each element after it was emitted, so a watermark given here follows the element. */
    void onEvent(T event, long eventTimestamp, WatermarkOutput output);

    /** Called every auto-watermark interval (200 ms unless configured). */
    void onPeriodicEmit(WatermarkOutput output);
}
