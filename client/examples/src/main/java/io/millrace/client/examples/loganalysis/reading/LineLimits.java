package io.millrace.client.examples.loganalysis.reading;

/** The limits of one line, the same for every reader. */
public final class LineLimits {
    /** The longest line that is read, in bytes of UTF-8 without the line break: 2 MiB. */
    public static final int MAX_LINE_BYTES = 2 * 1024 * 1024;

    /** Nesting of JSON arrays and objects in a line, the event itself included; keeps recursive consumers safe. */
    public static final int MAX_DEPTH = 500;

    /** The most events that "message repeated n times" may stand for. */
    public static final int MAX_REPEATS = 100_000;

    private LineLimits() {}

    /** True if {@code line} takes more than {@link #MAX_LINE_BYTES} in UTF-8. */
    static boolean isTooLong(String line) {
        int chars = line.length();
        if (chars <= MAX_LINE_BYTES / 3) {
            return false;
        }
        return chars > MAX_LINE_BYTES || utf8Bytes(line) > MAX_LINE_BYTES;
    }

    /**
     * Bytes of UTF-8 that the line had before it was decoded. U+FFFD counts as one: it mostly stands for a malformed
     * byte, and a source cuts a line that is too long, so it is never needed to tell one.
     */
    static long utf8Bytes(String line) {
        long bytes = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < 0x80 || c == '\uFFFD') {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < line.length()
                    && Character.isLowSurrogate(line.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
