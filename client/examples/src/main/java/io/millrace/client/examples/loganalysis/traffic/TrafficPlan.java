package io.millrace.client.examples.loganalysis.traffic;

import java.io.Serializable;

/**
 * What generated traffic looks like, and where each event of it stands. The traffic is {@link #lanes} lanes side by
 * side; in each lane about every {@link #LANE_STEP_SECONDS} seconds of event time somebody does something, for
 * {@link #EPISODE_STEPS} steps it is the same little story. Event {@code i} is step {@code i / lanes} of lane {@code i
 * % lanes}: more traffic means more people, not hastier ones.
 *
 * @param seed equal plans give equal traffic
 * @param startSeconds event time of the first event, in seconds since 1970
 * @param eventsPerSecond events per second of event time, over all lanes
 */
public record TrafficPlan(long seed, long startSeconds, double eventsPerSecond) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 2026-01-01T00:00Z: a fixed start makes a run repeatable. */
    public static final long DEFAULT_START_SECONDS = 1_767_225_600L;

    public static final long DEFAULT_SEED = 1;

    static final int LANE_STEP_SECONDS = 20;
    static final int EPISODE_STEPS = 32;

    /** Steps back in event time that disorder may take; less than the 10 s that the analysis waits. */
    static final int MAX_DISORDER_SECONDS = 8;

    private static final int MAX_LANES = 1 << 20;

    /** Rare guests stay away a little longer than the day after which their return is an anomaly. */
    private static final double ABSENCE_SECONDS = 90_000;

    /** Users that come back several times a day, per lane. */
    static final int REGULARS = 80;

    /** One episode in this many brings a rare guest. */
    static final int GUEST_EVERY = 16;

    public TrafficPlan {
        if (!(eventsPerSecond > 0) || Double.isInfinite(eventsPerSecond)) {
            throw new IllegalArgumentException("events per second must be positive, found " + eventsPerSecond);
        }
    }

    /** Enough lanes that a step takes at least {@link #LANE_STEP_SECONDS}. */
    public int lanes() {
        return (int) Math.max(1, Math.min(MAX_LANES, Math.ceil(eventsPerSecond * LANE_STEP_SECONDS)));
    }

    /** Seconds of event time from one step of a lane to the next. */
    double stepSeconds() {
        return lanes() / eventsPerSecond;
    }

    /** Guests per lane, so many that each comes about once in {@link #ABSENCE_SECONDS}. */
    int guests() {
        return (int) Math.ceil(ABSENCE_SECONDS / (stepSeconds() * EPISODE_STEPS * GUEST_EVERY));
    }

    /** Event time of an event in order, in seconds; never falls as the index grows. */
    long timestamp(long index) {
        return startSeconds + (long) (index / eventsPerSecond);
    }
}
