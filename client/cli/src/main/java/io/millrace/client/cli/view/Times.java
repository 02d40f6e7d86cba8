package io.millrace.client.cli.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Points and spans of time for people. */
public final class Times {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private Times() {}

    /** Local date and time to the second; a dash for 0. */
    public static String moment(long epochMs, ZoneId zone) {
        return epochMs == 0 ? "-" : LOCAL.format(Instant.ofEpochMilli(epochMs).atZone(zone));
    }

    /** The two largest units: {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 3 d 2 h}. */
    public static String span(long millis) {
        long ms = Math.max(0, millis);
        if (ms < SECOND_MS) {
            return ms + " ms";
        }
        if (ms < MINUTE_MS) {
            return ms / SECOND_MS + "." + ms % SECOND_MS / 100 + " s";
        }
        if (ms < HOUR_MS) {
            return ms / MINUTE_MS + " min " + ms % MINUTE_MS / SECOND_MS + " s";
        }
        if (ms < DAY_MS) {
            return ms / HOUR_MS + " h " + ms % HOUR_MS / MINUTE_MS + " min";
        }
        return ms / DAY_MS + " d " + ms % DAY_MS / HOUR_MS + " h";
    }

    /** Event time: an instant in UTC, {@code -} before the first watermark, {@code end} after the last. */
    public static String watermark(@Nullable Long millis) {
        if (millis == null || millis == Long.MIN_VALUE) {
            return "-";
        }
        return millis == Long.MAX_VALUE ? "end" : Instant.ofEpochMilli(millis).toString();
    }
}
