package io.millrace.client.examples.loganalysis.event;

import io.millrace.client.examples.loganalysis.json.JsonObject;
import java.util.Objects;

/**
 * One event of a log: who did what, when. Immutable; the key of every rule is {@link #userId}.
 *
 * @param userId never empty
 * @param sessionId empty if the log has none
 * @param action what was done: {@code login}, {@code view}, any word; never empty
 * @param timestamp event time in seconds since 1970-01-01T00:00Z, from 0 to {@link #MAX_TIMESTAMP}
 * @param ipAddress empty if the log has none
 * @param userAgent empty if the log has none
 * @param metadata a JSON object as text, without blanks outside of strings; {@link #NO_METADATA} if there is none. Kept
 *     as text because no rule looks into it: copying, sending and writing it costs one string
 */
public record LogEvent(
        String userId,
        String sessionId,
        String action,
        long timestamp,
        String ipAddress,
        String userAgent,
        String metadata) {

    /** The last second of the year 9999. */
    public static final long MAX_TIMESTAMP = 253_402_300_799L;

    public static final String NO_METADATA = "{}";

    public LogEvent {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(ipAddress, "ipAddress");
        Objects.requireNonNull(userAgent, "userAgent");
        if (userId.isEmpty() || action.isEmpty()) {
            throw new IllegalArgumentException(
                    "an event needs a user and an action, found user '" + userId + "' and action '" + action + "'");
        }
        if (timestamp < 0 || timestamp > MAX_TIMESTAMP) {
            throw new IllegalArgumentException(
                    "timestamp must be between 0 and " + MAX_TIMESTAMP + " seconds, found " + timestamp);
        }
        if (!metadata.startsWith("{")) {
            throw new IllegalArgumentException("metadata must be the text of a JSON object, found " + metadata);
        }
    }

    /** Event time in milliseconds, the unit of watermarks. */
    public long timestampMs() {
        return timestamp * 1000;
    }

    /** This event as one line of JSON; a {@code JsonLogReader} reads an equal event from it. */
    public String toJson() {
        return putFields(new JsonObject()).end();
    }

    /** Adds the seven fields to an object that may already have others. */
    public JsonObject putFields(JsonObject object) {
        return object.put("user_id", userId)
                .put("session_id", sessionId)
                .put("action", action)
                .put("timestamp", timestamp)
                .put("ip_address", ipAddress)
                .put("user_agent", userAgent)
                .putJson("metadata", metadata);
    }
}
