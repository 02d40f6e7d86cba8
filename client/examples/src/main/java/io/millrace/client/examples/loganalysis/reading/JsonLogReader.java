package io.millrace.client.examples.loganalysis.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads events written as JSON, one object a line. This is the hot path of the job: tokens are taken from a reused
 * buffer, no tree is built, and a good line allocates little more than the strings of its event.
 *
 * <p>The first fault found in reading order is the one reported; missing and empty fields are looked for at the end. A
 * field of the event that is there twice is a fault; unknown fields may repeat. An escape of half a surrogate pair is
 * taken in values, but the parser does not take it in names.
 */
public final class JsonLogReader implements LogReader {
    private static final int KEPT_BUFFER_CHARS = 64 * 1024;
    private static final int MAX_TIMESTAMP_DIGITS = 12;

    /**
     * The limits of a line are ours and checked before, so the parser's own are set to where a legal line never meets
     * them. Names are not interned and a crowded symbol table is no failure: both would be in the hands of who writes
     * the log.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(LineLimits.MAX_DEPTH)
                    .maxStringLength(LineLimits.MAX_LINE_BYTES)
                    .maxNameLength(LineLimits.MAX_LINE_BYTES)
                    .maxNumberLength(LineLimits.MAX_LINE_BYTES)
                    .maxDocumentLength(-1)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private char[] buffer = new char[2048];

    private @Nullable String userId;
    private @Nullable String sessionId;
    private @Nullable String action;
    private @Nullable String ipAddress;
    private @Nullable String userAgent;
    private @Nullable String metadata;
    private long timestamp;
    private boolean timestampSeen;
    private @Nullable Rejection rejection;

    private record Rejection(RejectionCode code, String reason) {}

    @Override
    public void read(String line, ReadingOutput output) {
        if (LineLimits.isTooLong(line)) {
            output.rejected(
                    RejectionCode.LOG_TOO_LONG, "the line is longer than " + LineLimits.MAX_LINE_BYTES + " bytes");
            return;
        }
        clear();
        LogEvent event = parse(line);
        if (event != null) {
            output.event(event);
        } else if (rejection != null) {
            output.rejected(rejection.code(), rejection.reason());
        }
        if (buffer.length > KEPT_BUFFER_CHARS) {
            buffer = new char[KEPT_BUFFER_CHARS];
        }
    }

    private void clear() {
        userId = null;
        sessionId = null;
        action = null;
        ipAddress = null;
        userAgent = null;
        metadata = null;
        timestampSeen = false;
        rejection = null;
    }

    /** The event, or null with {@link #rejection} set. */
    private @Nullable LogEvent parse(String line) {
        int length = line.length();
        if (buffer.length < length) {
            buffer = new char[length];
        }
        line.getChars(0, length, buffer, 0);
        try (JsonParser parser = FACTORY.createParser(buffer, 0, length)) {
            return readObject(parser) && readEnd(parser) ? build() : null;
        } catch (StreamConstraintsException tooDeep) {
            reject(RejectionCode.LOG_TOO_DEEP, "nested deeper than " + LineLimits.MAX_DEPTH + " levels");
            return null;
        } catch (JsonProcessingException notJson) {
            reject(RejectionCode.LOG_NOT_JSON, JsonFault.describe(notJson));
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory failed", impossible);
        }
    }

    private boolean readObject(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return reject(RejectionCode.LOG_BLANK, "the line is blank");
        }
        if (first != JsonToken.START_OBJECT) {
            return reject(RejectionCode.LOG_NOT_OBJECT, "a JSON object is expected but this is " + describe(first));
        }
        String name = parser.nextFieldName();
        while (name != null) {
            if (!readField(parser, name)) {
                return false;
            }
            name = parser.nextFieldName();
        }
        return true;
    }

    private boolean readField(JsonParser parser, String name) throws IOException {
        return switch (name) {
            case "user_id" -> {
                userId = readString(parser, name, userId);
                yield userId != null;
            }
            case "session_id" -> {
                sessionId = readString(parser, name, sessionId);
                yield sessionId != null;
            }
            case "action" -> {
                action = readString(parser, name, action);
                yield action != null;
            }
            case "ip_address" -> {
                ipAddress = readString(parser, name, ipAddress);
                yield ipAddress != null;
            }
            case "user_agent" -> {
                userAgent = readString(parser, name, userAgent);
                yield userAgent != null;
            }
            case "timestamp" -> readTimestamp(parser);
            case "metadata" -> readMetadata(parser);
            default -> {
                parser.nextToken();
                parser.skipChildren();
                yield true;
            }
        };
    }

    private @Nullable String readString(JsonParser parser, String name, @Nullable String before) throws IOException {
        if (before != null) {
            rejectDuplicate(name);
            return null;
        }
        JsonToken token = parser.nextToken();
        if (token != JsonToken.VALUE_STRING) {
            rejectType(name, "a string", token);
            return null;
        }
        return parser.getText();
    }

    private boolean readTimestamp(JsonParser parser) throws IOException {
        if (timestampSeen) {
            return rejectDuplicate("timestamp");
        }
        JsonToken token = parser.nextToken();
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return rejectType("timestamp", "an integer", token);
        }
        timestampSeen = true;
        if (parser.getTextLength() > MAX_TIMESTAMP_DIGITS) {
            return rejectTimestamp(JsonFault.cut(parser.getText()));
        }
        timestamp = parser.getLongValue();
        boolean inRange = timestamp >= 0 && timestamp <= LogEvent.MAX_TIMESTAMP;
        return inRange || rejectTimestamp(Long.toString(timestamp));
    }

    private boolean readMetadata(JsonParser parser) throws IOException {
        if (metadata != null) {
            return rejectDuplicate("metadata");
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            metadata = LogEvent.NO_METADATA;
            return true;
        }
        if (token != JsonToken.START_OBJECT) {
            return rejectType("metadata", "an object or null", token);
        }
        metadata = CompactJson.copyObject(parser);
        return true;
    }

    private boolean readEnd(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                return true;
            }
        } catch (IOException malformed) {
            // Whatever follows the object, well-formed or not, is one fault: there must be nothing.
        }
        return reject(RejectionCode.LOG_TRAILING_CONTENT, "something follows the JSON object");
    }

    private @Nullable LogEvent build() {
        String user = required("user_id", userId);
        String session = required("session_id", sessionId);
        String what = required("action", action);
        if (!timestampSeen) {
            reject(RejectionCode.LOG_FIELD_MISSING, "field 'timestamp' is missing");
        }
        String address = required("ip_address", ipAddress);
        String agent = required("user_agent", userAgent);
        if (user.isEmpty()) {
            reject(RejectionCode.LOG_FIELD_EMPTY, "field 'user_id' is empty");
        }
        if (what.isEmpty()) {
            reject(RejectionCode.LOG_FIELD_EMPTY, "field 'action' is empty");
        }
        if (rejection != null) {
            return null;
        }
        String extra = metadata == null ? LogEvent.NO_METADATA : metadata;
        return new LogEvent(user, session, what, timestamp, address, agent, extra);
    }

    private String required(String name, @Nullable String value) {
        if (value == null) {
            reject(RejectionCode.LOG_FIELD_MISSING, "field '" + name + "' is missing");
            return "";
        }
        return value;
    }

    /** Notes the first fault of a line and returns false, so that a check can end with it. */
    private boolean reject(RejectionCode code, String reason) {
        if (rejection == null) {
            rejection = new Rejection(code, reason);
        }
        return false;
    }

    private boolean rejectDuplicate(String name) {
        return reject(RejectionCode.LOG_FIELD_DUPLICATE, "field '" + name + "' is there twice");
    }

    private boolean rejectType(String name, String expected, @Nullable JsonToken found) {
        return reject(
                RejectionCode.LOG_FIELD_TYPE,
                "field '" + name + "' must be " + expected + " but is " + describe(found));
    }

    private boolean rejectTimestamp(String found) {
        return reject(
                RejectionCode.LOG_TIMESTAMP_RANGE,
                "field 'timestamp' must be between 0 and " + LogEvent.MAX_TIMESTAMP + " but is " + found);
    }

    private static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "missing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "no value";
        };
    }
}
