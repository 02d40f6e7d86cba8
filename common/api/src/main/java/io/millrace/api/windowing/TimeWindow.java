package io.millrace.api.windowing;

/** Timestamps from {@code start} up to but without {@code end}, in milliseconds. */
public record TimeWindow(long start, long end) implements Window {
    public long getStart() {
        return start;
    }

    public long getEnd() {
        return end;
    }

    @Override
    public long maxTimestamp() {
        return end - 1;
    }
}
