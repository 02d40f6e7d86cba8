package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;
import java.util.Collections;
import java.util.Map;

/**
 * What one user did in one minute. Times and durations are in seconds.
 *
 * @param windowStart first second of the minute
 * @param windowEnd first second after the minute
 * @param actionCounts events of this minute by action; handed over, not copied
 * @param sessionDuration all gaps between the user's events, from the first event of all to the last one in this minute
 * @param activeDuration the same without the long gaps
 */
public record UserMetrics(
        String userId,
        long windowStart,
        long windowEnd,
        long events,
        Map<String, Long> actionCounts,
        long sessionDuration,
        long activeDuration)
        implements OutputLine {
    static final String TYPE = "user_metrics";

    public UserMetrics {
        actionCounts = Collections.unmodifiableMap(actionCounts);
    }

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", TYPE)
                .put("user_id", userId)
                .put("window_start", windowStart)
                .put("window_end", windowEnd)
                .put("events", events)
                .put("action_counts", actionCounts)
                .put("session_duration", sessionDuration)
                .put("active_duration", activeDuration)
                .end();
    }
}
