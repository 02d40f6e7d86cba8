package io.millrace.api.eventtime;

/** A clock for durations. */
public interface RelativeClock {
    /** Nanoseconds from an arbitrary origin; never going back. */
    long relativeTimeNanos();

    default long relativeTimeMillis() {
        return relativeTimeNanos() / 1_000_000;
    }
}
