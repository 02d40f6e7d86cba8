package io.millrace.client.examples.loganalysis.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.json.JsonText;
import java.io.IOException;

/**
 * Copies a JSON object to text in one form: no blanks outside of strings, strings escaped as {@link JsonText} does.
 * Order, repeated names and the digits of numbers stay as written, so copying a copy changes nothing.
 */
final class CompactJson {

    private CompactJson() {}

    /** Copies the object whose start is the current token and leaves the parser on its end. Does not recurse. */
    static String copyObject(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT) {
            return LogEvent.NO_METADATA;
        }
        StringBuilder text = new StringBuilder(128).append('{');
        int depth = 1;
        while (true) {
            if (token.isStructEnd()) {
                text.append(token.asString());
                depth--;
                if (depth == 0) {
                    return text.toString();
                }
            } else {
                separate(text);
                depth += append(text, parser, token);
            }
            token = parser.nextToken();
        }
    }

    /** Puts a comma unless the next item is the first of its parent or the value of a name. */
    private static void separate(StringBuilder text) {
        char last = text.charAt(text.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            text.append(',');
        }
    }

    /** Appends one token and returns by how much it nests deeper. */
    private static int append(StringBuilder text, JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> {
                JsonText.appendString(text, wellFormed(parser.currentName()));
                text.append(':');
            }
            case VALUE_STRING -> JsonText.appendString(text, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                text.append(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            default -> text.append(token.asString());
        }
        return token.isStructStart() ? 1 : 0;
    }

    /**
     * A name as it is after decoding from bytes, where half a surrogate pair is malformed: escaped, it would not be
     * taken when the copy is read.
     */
    private static String wellFormed(String name) {
        int plain = 0;
        while (plain < name.length() && !Character.isSurrogate(name.charAt(plain))) {
            plain++;
        }
        if (plain == name.length()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> text.appendCodePoint(isUnpaired(c) ? '\uFFFD' : c));
        return text.toString();
    }

    private static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
