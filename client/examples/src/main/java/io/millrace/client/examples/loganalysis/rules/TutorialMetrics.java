package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.RunningMetrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tutorial's metrics: totals of a user so far, shown at every event on a full minute. Takes events as they come, so
 * a duration may shrink. A last action at second 0 is an action.
 */
public final class TutorialMetrics {
    private static final long EVERY_SECONDS = 60;

    /** The three states the metrics keep per user; null is "none". */
    public interface State {
        @Nullable
        Long count(String action);

        void setCount(String action, Long count);

        /** All counts so far. */
        Map<String, Long> counts();

        @Nullable
        Long sessionDuration();

        void setSessionDuration(Long seconds);

        @Nullable
        Long lastActionTime();

        void setLastActionTime(Long timestamp);
    }

    private TutorialMetrics() {}

    /** Counts the user's next event and returns the metrics if it is on a full minute. */
    public static @Nullable RunningMetrics apply(LogEvent event, State state) {
        long now = event.timestamp();
        Long count = state.count(event.action());
        state.setCount(event.action(), count == null ? 1L : count + 1);
        Long last = state.lastActionTime();
        Long duration = state.sessionDuration();
        long soFar = duration == null ? 0 : duration;
        if (last != null) {
            soFar += now - last;
            state.setSessionDuration(soFar);
        }
        state.setLastActionTime(now);
        return now % EVERY_SECONDS == 0 ? new RunningMetrics(event.userId(), now, soFar, state.counts()) : null;
    }
}
