package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.json.JsonObject;

/**
 * A line that is no event although it should be one.
 *
 * @param code stable name of the fault
 * @param reason the fault in words
 * @param shownLine the line, cut to {@link #MAX_SHOWN_BYTES}
 */
public record RejectedLine(LinePosition position, String code, String reason, String shownLine) implements OutputLine {
    /** How much of a rejected line is repeated in the message, in bytes of UTF-8: 1 KiB. */
    public static final int MAX_SHOWN_BYTES = 1024;

    /** Cuts {@code line} to what is shown of it, never inside a character. */
    public static RejectedLine of(LinePosition position, String line, String code, String reason) {
        return new RejectedLine(position, code, reason, cut(line));
    }

    public String message() {
        return "Failed to parse log: " + shownLine + ", Error: " + reason;
    }

    @Override
    public String toJson() {
        return new JsonObject()
                .put("type", "rejected")
                .put("source", position.source())
                .put(position.unit().field(), position.number())
                .put("code", code)
                .put("reason", reason)
                .put("message", message())
                .end();
    }

    private static String cut(String line) {
        int bytes = 0;
        int end = 0;
        while (end < line.length()) {
            int codePoint = line.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > MAX_SHOWN_BYTES) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return line.substring(0, end);
    }
}
