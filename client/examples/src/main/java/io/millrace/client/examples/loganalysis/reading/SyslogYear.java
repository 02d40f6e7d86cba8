package io.millrace.client.examples.loganalysis.reading;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Supplies the year that syslog leaves out. The first line is in the given year. A line that seems to be more than half
 * a year older than the newest one so far is of the next year: December is followed by January. A line of late December
 * that comes out of order just after that turn stays in the old year, as long as its day began at most two days before
 * the newest line.
 */
final class SyslogYear {
    private static final long DAY_SECONDS = 86_400;
    private static final long DISORDER_SECONDS = 2 * DAY_SECONDS;
    private static final long HALF_YEAR_SECONDS = 183 * DAY_SECONDS;

    private final int firstYear;
    private int year;
    private boolean started;
    private long newest;

    SyslogYear(int firstYear) {
        this.firstYear = firstYear;
        year = firstYear;
    }

    /** Seconds since 1970 in UTC, or empty if there is no such date or time of day in the year it must be in. */
    OptionalLong seconds(int month, int day, int secondOfDay) {
        int lineYear = yearOf(month, day);
        try {
            long seconds = LocalDateTime.of(lineYear, month, day, 0, 0).toEpochSecond(ZoneOffset.UTC) + secondOfDay;
            year = Math.max(year, lineYear);
            newest = started ? Math.max(newest, seconds) : seconds;
            started = true;
            return OptionalLong.of(seconds);
        } catch (DateTimeException noSuchDate) {
            return OptionalLong.empty();
        }
    }

    private int yearOf(int month, int day) {
        if (!started) {
            return year;
        }
        long distance = roughly(year, month, day) - newest;
        if (distance < -HALF_YEAR_SECONDS) {
            return year + 1;
        }
        boolean justBeforeTheTurn = year > firstYear
                && distance > HALF_YEAR_SECONDS
                && roughly(year - 1, month, day) >= newest - DISORDER_SECONDS;
        return justBeforeTheTurn ? year - 1 : year;
    }

    /** The start of the nearest day that exists in every year: good enough to tell which year is meant. */
    private static long roughly(int year, int month, int day) {
        int existing = Math.max(1, Math.min(day, Month.of(month).minLength()));
        return LocalDate.of(year, month, existing).toEpochDay() * DAY_SECONDS;
    }
}
