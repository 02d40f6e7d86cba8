package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;

/**
 * Too many failed logins of one user in a short time.
 *
 * @param timestamp of the failure that completed the count, in seconds
 * @param first time of the oldest failure counted, in seconds
 */
public record SecurityAlert(String userId, long timestamp, long first, int failures) implements OutputLine {

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", CountedSecurityAlert.TYPE)
                .put("user_id", userId)
                .put("timestamp", timestamp)
                .put("first", first)
                .put("failures", failures)
                .put("message", CountedSecurityAlert.message(failures))
                .end();
    }
}
