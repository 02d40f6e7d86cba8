package io.millrace.client.examples.loganalysis.reading;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Says in one bounded line what is wrong with a JSON text. */
final class JsonFault {
    private static final int MAX_CHARS = 200;

    private JsonFault() {}

    static String describe(JsonProcessingException fault) {
        String message = fault.getOriginalMessage();
        int end = message.indexOf('\n');
        int marker = message.indexOf(" (start marker at");
        if (marker >= 0 && (end < 0 || marker < end)) {
            end = marker;
        }
        String what = cut(end < 0 ? message : message.substring(0, end));
        if (fault.getLocation() == null) {
            return "not valid JSON: " + what;
        }
        return "not valid JSON at column " + fault.getLocation().getColumnNr() + ": " + what;
    }

    /** The start of a text that somebody else decides the length of. */
    static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
        return text.substring(0, end) + "...";
    }
}
