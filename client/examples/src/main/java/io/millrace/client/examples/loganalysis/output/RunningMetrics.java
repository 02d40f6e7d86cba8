package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;
import java.util.Collections;
import java.util.Map;

/**
 * What one user did so far: the tutorial's metrics.
 *
 * @param sessionDuration sum of the steps from event to event in order of arrival, in seconds; negative if time ran
 *     back
 * @param actionCounts all events so far by action; handed over, not copied
 */
public record RunningMetrics(String userId, long timestamp, long sessionDuration, Map<String, Long> actionCounts)
        implements OutputLine {

    public RunningMetrics {
        actionCounts = Collections.unmodifiableMap(actionCounts);
    }

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", UserMetrics.TYPE)
                .put("user_id", userId)
                .put("timestamp", timestamp)
                .put("session_duration", sessionDuration)
                .put("action_counts", actionCounts)
                .end();
    }
}
