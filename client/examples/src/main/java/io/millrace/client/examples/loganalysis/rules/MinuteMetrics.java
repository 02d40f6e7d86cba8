package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.UserMetrics;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what a user does per minute and how long the user is there. Wants the events of a user in order of time, and
 * each minute closed before the first event of a later one.
 */
public final class MinuteMetrics {
    public static final long WINDOW_SECONDS = 60;

    /** A longer gap between two events is no activity; exactly this long still is. */
    public static final long LONGEST_ACTIVE_GAP_SECONDS = 1_800;

    private MinuteMetrics() {}

    /** First second of the minute that {@code timestamp} is in. */
    public static long windowStart(long timestamp) {
        return timestamp - timestamp % WINDOW_SECONDS;
    }

    /** Counts the user's next event, opening its minute if it is the first one in it. */
    public static void count(LogEvent event, UserState state) {
        if (state.activeBefore) {
            long gap = event.timestamp() - state.lastEvent;
            state.sessionDuration += gap;
            state.activeDuration += gap <= LONGEST_ACTIVE_GAP_SECONDS ? gap : 0;
        }
        state.activeBefore = true;
        state.lastEvent = event.timestamp();
        if (!state.windowIsOpen()) {
            state.actionCounts = new HashMap<>(8);
            state.windowStart = windowStart(event.timestamp());
        }
        state.actionCounts.merge(event.action(), 1L, Long::sum);
    }

    /** Closes the open minute and returns its metrics. */
    public static UserMetrics close(String userId, UserState state) {
        long events = 0;
        for (long count : state.actionCounts.values()) {
            events += count;
        }
        UserMetrics metrics = new UserMetrics(
                userId,
                state.windowStart,
                state.windowStart + WINDOW_SECONDS,
                events,
                state.actionCounts,
                state.sessionDuration,
                state.activeDuration);
        state.actionCounts = Map.of();
        return metrics;
    }
}
