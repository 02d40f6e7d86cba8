package io.millrace.api.source;

/**
 * Permits that come at a steady rate and are used one per element. Unused permits are kept for one second at the most;
 * using more than there are makes the next ones wait. For one thread.
 */
final class Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double permitsPerNano;
    private final double most;
    private double permits;
    private long filledAtNanos;

    Pace(double elementsPerSecond) {
        this.permitsPerNano = elementsPerSecond / NANOS_PER_SECOND;
        this.most = Math.max(1, elementsPerSecond);
    }

    void start(long nowNanos) {
        filledAtNanos = nowNanos;
    }

    void refill(long nowNanos) {
        permits = Math.min(most, permits + (nowNanos - filledAtNanos) * permitsPerNano);
        filledAtNanos = nowNanos;
    }

    boolean hasPermit() {
        return permits >= 1;
    }

    void use() {
        permits -= 1;
    }

    /** When the next whole permit is there. */
    long nextPermitNanos() {
        return filledAtNanos + (long) Math.ceil((1 - permits) / permitsPerNano);
    }
}
