package io.millrace.client.examples.loganalysis.sources;

/**
 * When the line with an index is due at a fixed rate. The first line asked for is due at once; a reader that was held
 * up catches up at most {@link #MAX_LAG_NANOS}, then the schedule moves.
 */
final class Schedule {
    static final long MAX_LAG_NANOS = 1_000_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    private final long linesPerSecond;
    private boolean started;
    private long originIndex;
    private long originNanos;

    /** @param linesPerSecond 0 for no limit: then every line is due */
    Schedule(long linesPerSecond) {
        this.linesPerSecond = linesPerSecond;
    }

    /** Nanoseconds to wait at {@code nowNanos} until line {@code index} is due; 0 or less if it is. */
    long waitNanos(long index, long nowNanos) {
        if (linesPerSecond == 0) {
            return 0;
        }
        if (!started) {
            started = true;
            move(index, nowNanos);
        }
        long wait = originNanos + (long) ((index - originIndex) * NANOS_PER_SECOND / linesPerSecond) - nowNanos;
        if (wait < -MAX_LAG_NANOS) {
            move(index, nowNanos - MAX_LAG_NANOS);
            return -MAX_LAG_NANOS;
        }
        return wait;
    }

    private void move(long index, long nanos) {
        originIndex = index;
        originNanos = nanos;
    }
}
