package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;

/** Too many failed logins of one user, counted without regard to time: the tutorial's alert. */
public record CountedSecurityAlert(String userId, long timestamp, int failures) implements OutputLine {
    static final String TYPE = "security_alert";

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", TYPE)
                .put("user_id", userId)
                .put("timestamp", timestamp)
                .put("failures", failures)
                .put("message", message(failures))
                .end();
    }

    static String message(int failures) {
        return "Multiple failed login attempts: " + failures;
    }
}
