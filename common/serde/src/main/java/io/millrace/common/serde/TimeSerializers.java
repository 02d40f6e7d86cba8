package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
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

/** Serializers of java.time. Their bytes are fixed in the protocol's documentation. */
final class TimeSerializers {
    static final Map<Class<?>, TypeSerializer<?>> BY_CLASS = Map.ofEntries(
            Map.entry(Instant.class, new Instants()),
            Map.entry(Duration.class, new Durations()),
            Map.entry(Period.class, new Periods()),
            Map.entry(LocalDate.class, new LocalDates()),
            Map.entry(LocalTime.class, new LocalTimes()),
            Map.entry(LocalDateTime.class, new LocalDateTimes()),
            Map.entry(OffsetTime.class, new OffsetTimes()),
            Map.entry(OffsetDateTime.class, new OffsetDateTimes()),
            Map.entry(ZonedDateTime.class, new ZonedDateTimes()),
            Map.entry(ZoneOffset.class, new ZoneOffsets()),
            Map.entry(ZoneId.class, new ZoneIds()),
            Map.entry(Year.class, new Years()),
            Map.entry(YearMonth.class, new YearMonths()),
            Map.entry(MonthDay.class, new MonthDays()));

    private TimeSerializers() {}

    private static void writeDate(LocalDate value, BinaryWriter out) {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
        out.writeByte(value.getDayOfMonth());
    }

    private static LocalDate readDate(BinaryReader in) {
        int year = in.readInt();
        int month = in.readByte();
        return LocalDate.of(year, month, in.readByte());
    }

    private static void writeDateTime(LocalDateTime value, BinaryWriter out) {
        writeDate(value.toLocalDate(), out);
        out.writeLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readDateTime(BinaryReader in) {
        LocalDate date = readDate(in);
        return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static ZoneOffset readOffset(BinaryReader in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    private static final class Instants extends ImmutableSerializer<Instant> {
        @Override
        public void serialize(Instant value, BinaryWriter out) {
            out.writeLong(value.getEpochSecond());
            out.writeInt(value.getNano());
        }

        @Override
        public Instant deserialize(BinaryReader in) {
            long second = in.readLong();
            return Instant.ofEpochSecond(second, in.readInt());
        }
    }

    private static final class Durations extends ImmutableSerializer<Duration> {
        @Override
        public void serialize(Duration value, BinaryWriter out) {
            out.writeLong(value.getSeconds());
            out.writeInt(value.getNano());
        }

        @Override
        public Duration deserialize(BinaryReader in) {
            long seconds = in.readLong();
            return Duration.ofSeconds(seconds, in.readInt());
        }
    }

    private static final class Periods extends ImmutableSerializer<Period> {
        @Override
        public void serialize(Period value, BinaryWriter out) {
            out.writeInt(value.getYears());
            out.writeInt(value.getMonths());
            out.writeInt(value.getDays());
        }

        @Override
        public Period deserialize(BinaryReader in) {
            int years = in.readInt();
            int months = in.readInt();
            return Period.of(years, months, in.readInt());
        }
    }

    private static final class LocalDates extends ImmutableSerializer<LocalDate> {
        @Override
        public void serialize(LocalDate value, BinaryWriter out) {
            writeDate(value, out);
        }

        @Override
        public LocalDate deserialize(BinaryReader in) {
            return readDate(in);
        }
    }

    private static final class LocalTimes extends ImmutableSerializer<LocalTime> {
        @Override
        public void serialize(LocalTime value, BinaryWriter out) {
            out.writeLong(value.toNanoOfDay());
        }

        @Override
        public LocalTime deserialize(BinaryReader in) {
            return LocalTime.ofNanoOfDay(in.readLong());
        }
    }

    private static final class LocalDateTimes extends ImmutableSerializer<LocalDateTime> {
        @Override
        public void serialize(LocalDateTime value, BinaryWriter out) {
            writeDateTime(value, out);
        }

        @Override
        public LocalDateTime deserialize(BinaryReader in) {
            return readDateTime(in);
        }
    }

    private static final class OffsetTimes extends ImmutableSerializer<OffsetTime> {
        @Override
        public void serialize(OffsetTime value, BinaryWriter out) {
            out.writeLong(value.toLocalTime().toNanoOfDay());
            out.writeInt(value.getOffset().getTotalSeconds());
        }

        @Override
        public OffsetTime deserialize(BinaryReader in) {
            LocalTime time = LocalTime.ofNanoOfDay(in.readLong());
            return OffsetTime.of(time, readOffset(in));
        }
    }

    private static final class OffsetDateTimes extends ImmutableSerializer<OffsetDateTime> {
        @Override
        public void serialize(OffsetDateTime value, BinaryWriter out) {
            writeDateTime(value.toLocalDateTime(), out);
            out.writeInt(value.getOffset().getTotalSeconds());
        }

        @Override
        public OffsetDateTime deserialize(BinaryReader in) {
            LocalDateTime dateTime = readDateTime(in);
            return OffsetDateTime.of(dateTime, readOffset(in));
        }
    }

    private static final class ZonedDateTimes extends ImmutableSerializer<ZonedDateTime> {
        @Override
        public void serialize(ZonedDateTime value, BinaryWriter out) {
            writeDateTime(value.toLocalDateTime(), out);
            out.writeInt(value.getOffset().getTotalSeconds());
            out.writeString(value.getZone().getId());
        }

        @Override
        public ZonedDateTime deserialize(BinaryReader in) {
            LocalDateTime dateTime = readDateTime(in);
            ZoneOffset offset = readOffset(in);
            return ZonedDateTime.ofInstant(dateTime, offset, ZoneId.of(in.readString()));
        }
    }

    private static final class ZoneOffsets extends ImmutableSerializer<ZoneOffset> {
        @Override
        public void serialize(ZoneOffset value, BinaryWriter out) {
            out.writeInt(value.getTotalSeconds());
        }

        @Override
        public ZoneOffset deserialize(BinaryReader in) {
            return readOffset(in);
        }
    }

    private static final class ZoneIds extends ImmutableSerializer<ZoneId> {
        @Override
        public void serialize(ZoneId value, BinaryWriter out) {
            out.writeString(value.getId());
        }

        @Override
        public ZoneId deserialize(BinaryReader in) {
            return ZoneId.of(in.readString());
        }
    }

    private static final class Years extends ImmutableSerializer<Year> {
        @Override
        public void serialize(Year value, BinaryWriter out) {
            out.writeInt(value.getValue());
        }

        @Override
        public Year deserialize(BinaryReader in) {
            return Year.of(in.readInt());
        }
    }

    private static final class YearMonths extends ImmutableSerializer<YearMonth> {
        @Override
        public void serialize(YearMonth value, BinaryWriter out) {
            out.writeInt(value.getYear());
            out.writeByte(value.getMonthValue());
        }

        @Override
        public YearMonth deserialize(BinaryReader in) {
            int year = in.readInt();
            return YearMonth.of(year, in.readByte());
        }
    }

    private static final class MonthDays extends ImmutableSerializer<MonthDay> {
        @Override
        public void serialize(MonthDay value, BinaryWriter out) {
            out.writeByte(value.getMonthValue());
            out.writeByte(value.getDayOfMonth());
        }

        @Override
        public MonthDay deserialize(BinaryReader in) {
            int month = in.readByte();
            return MonthDay.of(month, in.readByte());
        }
    }
}
