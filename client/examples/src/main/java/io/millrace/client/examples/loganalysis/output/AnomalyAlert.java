package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;

/** Activity of a user who has not logged in for long. Times are in seconds. */
public record AnomalyAlert(String userId, long timestamp, String action, long lastLogin) implements OutputLine {

    public long inactiveSeconds() {
        return timestamp - lastLogin;
    }

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", "anomaly_alert")
                .put("user_id", userId)
                .put("timestamp", timestamp)
                .put("action", action)
                .put("last_login", lastLogin)
                .put("inactive_seconds", inactiveSeconds())
                .put("message", "Activity after long inactivity: " + action)
                .end();
    }
}
