package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** Hash and equality of java.time. */
final class TimeHashers {
    static final Map<Class<?>, KeyHasher<?>> BY_CLASS = Map.ofEntries(
            Map.entry(Instant.class, new InstantHasher()),
            Map.entry(Duration.class, new DurationHasher()),
            Map.entry(Period.class, new PeriodHasher()),
            Map.entry(LocalDate.class, new LocalDateHasher()),
            Map.entry(LocalTime.class, new LocalTimeHasher()),
            Map.entry(LocalDateTime.class, new LocalDateTimeHasher()),
            Map.entry(OffsetTime.class, new OffsetTimeHasher()),
            Map.entry(OffsetDateTime.class, new OffsetDateTimeHasher()),
            Map.entry(ZonedDateTime.class, new ZonedDateTimeHasher()),
            Map.entry(ZoneOffset.class, new ZoneOffsetHasher()),
            Map.entry(ZoneId.class, new ZoneIdHasher()),
            Map.entry(Year.class, new YearHasher()),
            Map.entry(YearMonth.class, new YearMonthHasher()),
            Map.entry(MonthDay.class, new MonthDayHasher()));

    private TimeHashers() {}

    private static int two(int first, int second) {
        return KeyHash.combine(KeyHash.combine(2, first), second);
    }

    private static int three(int first, int second, int third) {
        return KeyHash.combine(KeyHash.combine(KeyHash.combine(3, first), second), third);
    }

    private static int dateTime(LocalDateTime value) {
        return two(
                KeyHash.ofLong(value.toLocalDate().toEpochDay()),
                KeyHash.ofLong(value.toLocalTime().toNanoOfDay()));
    }

    private static int offset(ZoneOffset value) {
        return KeyHash.ofInt(value.getTotalSeconds());
    }

    private static final class InstantHasher extends KeyHasher<Instant> {
        @Override
        public int hash(Instant key) {
            return two(KeyHash.ofLong(key.getEpochSecond()), KeyHash.ofInt(key.getNano()));
        }

        @Override
        public boolean equal(Instant a, Instant b) {
            return a.equals(b);
        }
    }

    private static final class DurationHasher extends KeyHasher<Duration> {
        @Override
        public int hash(Duration key) {
            return two(KeyHash.ofLong(key.getSeconds()), KeyHash.ofInt(key.getNano()));
        }

        @Override
        public boolean equal(Duration a, Duration b) {
            return a.equals(b);
        }
    }

    private static final class PeriodHasher extends KeyHasher<Period> {
        @Override
        public int hash(Period key) {
            return three(KeyHash.ofInt(key.getYears()), KeyHash.ofInt(key.getMonths()), KeyHash.ofInt(key.getDays()));
        }

        @Override
        public boolean equal(Period a, Period b) {
            return a.equals(b);
        }
    }

    private static final class LocalDateHasher extends KeyHasher<LocalDate> {
        @Override
        public int hash(LocalDate key) {
            return KeyHash.ofLong(key.toEpochDay());
        }

        @Override
        public boolean equal(LocalDate a, LocalDate b) {
            return a.equals(b);
        }
    }

    private static final class LocalTimeHasher extends KeyHasher<LocalTime> {
        @Override
        public int hash(LocalTime key) {
            return KeyHash.ofLong(key.toNanoOfDay());
        }

        @Override
        public boolean equal(LocalTime a, LocalTime b) {
            return a.equals(b);
        }
    }

    private static final class LocalDateTimeHasher extends KeyHasher<LocalDateTime> {
        @Override
        public int hash(LocalDateTime key) {
            return dateTime(key);
        }

        @Override
        public boolean equal(LocalDateTime a, LocalDateTime b) {
            return a.equals(b);
        }
    }

    private static final class OffsetTimeHasher extends KeyHasher<OffsetTime> {
        @Override
        public int hash(OffsetTime key) {
            return two(KeyHash.ofLong(key.toLocalTime().toNanoOfDay()), offset(key.getOffset()));
        }

        @Override
        public boolean equal(OffsetTime a, OffsetTime b) {
            return a.equals(b);
        }
    }

    private static final class OffsetDateTimeHasher extends KeyHasher<OffsetDateTime> {
        @Override
        public int hash(OffsetDateTime key) {
            return two(dateTime(key.toLocalDateTime()), offset(key.getOffset()));
        }

        @Override
        public boolean equal(OffsetDateTime a, OffsetDateTime b) {
            return a.equals(b);
        }
    }

    private static final class ZonedDateTimeHasher extends KeyHasher<ZonedDateTime> {
        @Override
        public int hash(ZonedDateTime key) {
            return three(
                    dateTime(key.toLocalDateTime()),
                    offset(key.getOffset()),
                    KeyHash.ofString(key.getZone().getId()));
        }

        @Override
        public boolean equal(ZonedDateTime a, ZonedDateTime b) {
            return a.equals(b);
        }
    }

    private static final class ZoneOffsetHasher extends KeyHasher<ZoneOffset> {
        @Override
        public int hash(ZoneOffset key) {
            return offset(key);
        }

        @Override
        public boolean equal(ZoneOffset a, ZoneOffset b) {
            return a.equals(b);
        }
    }

    private static final class ZoneIdHasher extends KeyHasher<ZoneId> {
        @Override
        public int hash(ZoneId key) {
            return KeyHash.ofString(key.getId());
        }

        @Override
        public boolean equal(ZoneId a, ZoneId b) {
            return a.equals(b);
        }
    }

    private static final class YearHasher extends KeyHasher<Year> {
        @Override
        public int hash(Year key) {
            return KeyHash.ofInt(key.getValue());
        }

        @Override
        public boolean equal(Year a, Year b) {
            return a.equals(b);
        }
    }

    private static final class YearMonthHasher extends KeyHasher<YearMonth> {
        @Override
        public int hash(YearMonth key) {
            return two(KeyHash.ofInt(key.getYear()), KeyHash.ofInt(key.getMonthValue()));
        }

        @Override
        public boolean equal(YearMonth a, YearMonth b) {
            return a.equals(b);
        }
    }

    private static final class MonthDayHasher extends KeyHasher<MonthDay> {
        @Override
        public int hash(MonthDay key) {
            return two(KeyHash.ofInt(key.getMonthValue()), KeyHash.ofInt(key.getDayOfMonth()));
        }

        @Override
        public boolean equal(MonthDay a, MonthDay b) {
            return a.equals(b);
        }
    }
}
