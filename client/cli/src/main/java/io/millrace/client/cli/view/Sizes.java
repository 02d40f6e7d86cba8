package io.millrace.client.cli.view;

import java.util.Locale;

/** Numbers of bytes for people. */
final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Sizes() {}

    /** In the largest unit of which there is one: {@code 0 B}, {@code 1023 B}, {@code 1.0 KiB}, {@code 12.3 MiB}. */
    static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double rest = bytes;
        int unit = 0;
        while (rest >= STEP) {
            rest /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }
}
