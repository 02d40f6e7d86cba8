package io.millrace.client.examples.loganalysis.json;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one JSON object as a single line without blanks, fields in the order of the calls. Not reusable after
 * {@link #end}.
 */
public final class JsonObject {
    private final StringBuilder text;

    public JsonObject() {
        this(256);
    }

    /** Starts an object whose text will be about {@code expectedChars} long. */
    public JsonObject(int expectedChars) {
        text = new StringBuilder(expectedChars).append('{');
    }

    public JsonObject put(String name, String value) {
        name(name);
        JsonText.appendString(text, value);
        return this;
    }

    public JsonObject put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds a value that already is JSON text. */
    public JsonObject putJson(String name, String json) {
        name(name);
        text.append(json);
        return this;
    }

    /** Adds an object of counts, its fields sorted by name so that equal counts give equal text. */
    public JsonObject put(String name, Map<String, Long> counts) {
        name(name);
        char separator = '{';
        Map<String, Long> sorted = counts.size() < 2 ? counts : new TreeMap<>(counts);
        for (Map.Entry<String, Long> count : sorted.entrySet()) {
            text.append(separator);
            JsonText.appendString(text, count.getKey());
            text.append(':').append(count.getValue().longValue());
            separator = ',';
        }
        if (separator == '{') {
            text.append(separator);
        }
        text.append('}');
        return this;
    }

    /** Closes the object and returns its text. */
    public String end() {
        return text.append('}').toString();
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        JsonText.appendString(text, name);
        text.append(':');
    }
}
