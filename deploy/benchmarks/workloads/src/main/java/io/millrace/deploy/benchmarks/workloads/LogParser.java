package io.millrace.deploy.benchmarks.workloads;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log line with Jackson's streaming parser. Every field but {@code metadata} is required and typed; unknown
 * fields are ignored. Owned by one thread.
 */
public final class LogParser {

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int ALL_FIELDS = 0b111111;

    private final JsonFactory json = new JsonFactory();

    /** The event, or null when the line is not one. */
    public @Nullable LogEvent parse(String line) {
        try (JsonParser parser = json.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? readObject(parser, line) : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string does no I/O", e);
        }
    }

    private static @Nullable LogEvent readObject(JsonParser parser, String line) throws IOException {
        LogEvent event = new LogEvent();
        int seen = 0;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (field.equals("metadata")) {
                if (!readMetadata(parser, token, line, event)) {
                    return null;
                }
                continue;
            }
            int bit = readField(parser, token, field, event);
            if (bit < 0) {
                return null;
            }
            seen |= bit;
        }
        boolean complete = seen == ALL_FIELDS && !event.userId.isEmpty() && !event.action.isEmpty();
        return complete && parser.nextToken() == null ? event : null;
    }

    /** The field's bit, 0 for an unknown field, -1 for a wrong type or range. */
    private static int readField(JsonParser parser, JsonToken token, String field, LogEvent event) throws IOException {
        if (field.equals("timestamp")) {
            if (token != JsonToken.VALUE_NUMBER_INT) {
                return -1;
            }
            event.timestamp = parser.getLongValue();
            return event.timestamp >= 0 && event.timestamp <= LAST_SECOND ? 1 : -1;
        }
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        int bit =
                switch (field) {
                    case "user_id" -> 2;
                    case "session_id" -> 4;
                    case "action" -> 8;
                    case "ip_address" -> 16;
                    case "user_agent" -> 32;
                    default -> 0;
                };
        if (bit == 0) {
            parser.skipChildren();
            return 0;
        }
        if (text == null) {
            return -1;
        }
        switch (bit) {
            case 2 -> event.userId = text;
            case 4 -> event.sessionId = text;
            case 8 -> event.action = text;
            case 16 -> event.ipAddress = text;
            default -> event.userAgent = text;
        }
        return bit;
    }

    private static boolean readMetadata(JsonParser parser, JsonToken token, String line, LogEvent event)
            throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return true;
        }
        if (token != JsonToken.START_OBJECT) {
            return false;
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        event.metadata = line.substring(start, end);
        return true;
    }
}
