package io.millrace.client.examples.loganalysis.reading;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** The time of an access log, {@code 17/May/2015:10:05:03 +0000}. */
final class AccessTime {
    private static final String FORM = "dd/MMM/yyyy:HH:mm:ss +hhmm";

    private AccessTime() {}

    /** Seconds since 1970, or empty if the text is no such time. */
    static OptionalLong seconds(String text) {
        if (text.length() != FORM.length() || !marksMatch(text)) {
            return OptionalLong.empty();
        }
        int offsetHours = LogDate.number(text, 22, 24);
        int offsetMinutes = LogDate.number(text, 24, 26);
        if (offsetHours < 0 || offsetMinutes < 0) {
            return OptionalLong.empty();
        }
        int sign = text.charAt(21) == '-' ? -1 : 1;
        try {
            ZoneOffset offset = ZoneOffset.ofHoursMinutes(sign * offsetHours, sign * offsetMinutes);
            LocalDateTime local = LocalDateTime.of(
                    LogDate.number(text, 7, 11),
                    LogDate.month(text, 3),
                    LogDate.number(text, 0, 2),
                    LogDate.number(text, 12, 14),
                    LogDate.number(text, 15, 17),
                    LogDate.number(text, 18, 20));
            return OptionalLong.of(local.toEpochSecond(offset));
        } catch (DateTimeException noSuchTime) {
            return OptionalLong.empty();
        }
    }

    private static boolean marksMatch(String text) {
        return text.charAt(2) == '/'
                && text.charAt(6) == '/'
                && text.charAt(11) == ':'
                && text.charAt(14) == ':'
                && text.charAt(17) == ':'
                && text.charAt(20) == ' '
                && (text.charAt(21) == '+' || text.charAt(21) == '-');
    }
}
