package io.millrace.common.core.time;

/** The only source of time. Components are given one; only process wiring chooses {@link SystemClock}. Thread-safe. */
public interface Clock {

    /** Monotonic time in nanoseconds with an arbitrary origin: for durations, deadlines and liveness. */
    long nanoTime();

    /** Wall-clock time in milliseconds since 1970-01-01T00:00Z: for people and processing time. It may jump. */
    long epochMillis();
}
