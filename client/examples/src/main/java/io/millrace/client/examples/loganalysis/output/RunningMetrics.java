package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;
import java.util.Map;

/**
 * What one user did so far: the tutorial's metrics.
 *
 * @param sessionDuration sum of the steps from event to event in order of arrival, in seconds; negative if time ran back
 */
public record RunningMetrics(String userId, long timestamp, long sessionDuration, Map<String, Long> actionCounts)
        implements OutputLine {

    public RunningMetrics {
        actionCounts = Map.copyOf(actionCounts);
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
