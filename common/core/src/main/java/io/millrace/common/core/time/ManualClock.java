package io.millrace.common.core.time;

import java.time.Duration;

/** A clock that stands still until it is told to move: for tests, the test kit and the simulation. Single-threaded. */
public final class ManualClock implements Clock {
    private long nanos;
    private long epochMillis;

    public ManualClock(long nanos, long epochMillis) {
        this.nanos = nanos;
        this.epochMillis = epochMillis;
    }

    /** Moves both readings forward by the same duration. */
    public void advance(Duration duration) {
        nanos += duration.toNanos();
        epochMillis += duration.toMillis();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return epochMillis;
    }
}
