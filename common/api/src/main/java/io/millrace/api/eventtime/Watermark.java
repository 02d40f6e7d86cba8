package io.millrace.api.eventtime;

/** Says that no element with a timestamp of {@code timestamp} milliseconds or less is still to come. */
public record Watermark(long timestamp) {
    /** The watermark at the end of a bounded input. */
    public static final Watermark MAX_WATERMARK = new Watermark(Long.MAX_VALUE);

    public long getTimestamp() {
        return timestamp;
    }
}
