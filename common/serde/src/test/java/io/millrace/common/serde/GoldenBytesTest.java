package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple0;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The bytes of {@code docs/protocol/serialization.md}, version 1. They are on the wire and in snapshots: a failure here
 * means that the code has to change, or the version.
 */
@SuppressWarnings("JavaUtilDate") // a type that users have
class GoldenBytesTest {

    enum Level {
        LOW,
        HIGH
    }

    record Empty() {}

    record Event(@Nullable String user, long at, @Nullable Integer code, boolean last) {}

    /** Nine references: two bytes of null bits. */
    record Nine(
            @Nullable String a,
            @Nullable String b,
            @Nullable String c,
            @Nullable String d,
            @Nullable String e,
            @Nullable String f,
            @Nullable String g,
            @Nullable String h,
            @Nullable String i) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(byte r) implements Shape {}

    record Square(byte a) implements Shape {}

    public static class Bean {
        public int second;
        public @Nullable String first;
    }

    public static final class SubBean extends Bean {
        public byte extra;
    }

    @Test
    void scalars() {
        golden(Types.STRING, "ab", "04" + "6162");
        golden(Types.STRING, "é", "02" + "e9");
        golden(Types.STRING, "a日", "05" + "6100" + "e565");
        golden(Types.STRING, "x".repeat(64), "8001" + "78".repeat(64));
        golden(Types.BOOLEAN, true, "01");
        golden(Types.BYTE, (byte) -2, "fe");
        golden(Types.SHORT, (short) 0x1234, "3412");
        golden(Types.CHAR, '日', "e565");
        golden(Types.INT, 0x12345678, "78563412");
        golden(Types.LONG, -2L, "feffffffffffffff");
        golden(Types.FLOAT, 1.5f, "0000c03f");
        golden(Types.DOUBLE, -0.0, "0000000000000080");
        golden(Types.BIG_INT, BigInteger.valueOf(-256), "02" + "ff00");
        golden(Types.BIG_DEC, new BigDecimal("1.25"), "02000000" + "01" + "7d");
        golden(Types.UUID, new UUID(1, 2), "0100000000000000" + "0200000000000000");
        golden(TypeInformation.of(URI.class), URI.create("a:b"), "06" + "613a62");
        golden(TypeInformation.of(Date.class), new Date(3), "0300000000000000");
        golden(TypeInformation.of(OptionalInt.class), OptionalInt.of(5), "01" + "05000000");
        golden(TypeInformation.of(OptionalLong.class), OptionalLong.empty(), "00");
        golden(TypeInformation.of(OptionalDouble.class), OptionalDouble.of(0), "01" + "0000000000000000");
        golden(Types.ENUM(Level.class), Level.HIGH, "01");
    }

    @Test
    void times() {
        golden(Types.INSTANT, Instant.ofEpochSecond(1, 2), "0100000000000000" + "02000000");
        golden(Types.DURATION, Duration.ofSeconds(-1, 2), "ffffffffffffffff" + "02000000");
        golden(TypeInformation.of(Period.class), Period.of(1, -2, 3), "01000000" + "feffffff" + "03000000");
        golden(Types.LOCAL_DATE, LocalDate.of(2026, 11, 23), "ea070000" + "0b" + "17");
        golden(Types.LOCAL_TIME, LocalTime.ofNanoOfDay(5), "0500000000000000");
        String dateTime = "ea070000" + "0b" + "17" + "0500000000000000";
        LocalDateTime local = LocalDateTime.of(LocalDate.of(2026, 11, 23), LocalTime.ofNanoOfDay(5));
        golden(Types.LOCAL_DATE_TIME, local, dateTime);
        ZoneOffset offset = ZoneOffset.ofHours(1);
        golden(TypeInformation.of(ZoneOffset.class), offset, "100e0000");
        golden(
                TypeInformation.of(OffsetTime.class),
                OffsetTime.of(LocalTime.ofNanoOfDay(5), offset),
                "0500000000000000100e0000");
        golden(Types.OFFSET_DATE_TIME, OffsetDateTime.of(local, offset), dateTime + "100e0000");
        ZonedDateTime zoned = ZonedDateTime.of(local, ZoneId.of("Europe/Berlin"));
        String berlin = "1a" + "4575726f70652f4265726c696e";
        golden(Types.ZONED_DATE_TIME, zoned, dateTime + "100e0000" + berlin);
        golden(TypeInformation.of(ZoneId.class), ZoneId.of("Europe/Berlin"), berlin);
        golden(TypeInformation.of(Year.class), Year.of(-1), "ffffffff");
        golden(TypeInformation.of(YearMonth.class), YearMonth.of(2026, 11), "ea070000" + "0b");
        golden(TypeInformation.of(MonthDay.class), MonthDay.of(2, 29), "02" + "1d");
    }

    @Test
    void containers() {
        golden(Types.LIST(Types.INT), List.of(1, 2), "04" + "01000000" + "02000000");
        golden(Types.LIST(Types.INT), Arrays.asList(1, null), "05" + "01" + "01000000" + "00");
        golden(Types.MAP(Types.STRING, Types.BYTE), Map.of("a", (byte) 1), "02" + "0261" + "01");
        golden(Types.OPTIONAL(Types.BYTE), Optional.of((byte) 7), "01" + "07");
        golden(Types.OPTIONAL(Types.BYTE), Optional.empty(), "00");
        golden(TypeInformation.of(byte[].class), new byte[] {1, 2}, "02" + "0102");
        golden(TypeInformation.of(long[].class), new long[] {1}, "01" + "0100000000000000");
        golden(TypeInformation.of(boolean[].class), new boolean[] {true, false}, "02" + "0100");
        golden(Types.OBJECT_ARRAY(Types.STRING), new String[] {"a", null}, "05" + "01" + "0261" + "00");
    }

    @Test
    void composites() {
        golden(TypeInformation.of(Empty.class), new Empty(), "00");
        golden(TypeInformation.of(Tuple0.class), Tuple0.INSTANCE, "00");
        golden(
                TypeInformation.of(Event.class),
                new Event("a", 1, 2, true),
                "00" + "0261" + "0100000000000000" + "02000000" + "01");
        golden(TypeInformation.of(Event.class), new Event(null, 1, null, false), "03" + "0100000000000000" + "00");
        golden(
                TypeInformation.of(Nine.class),
                new Nine("a", null, "c", null, null, null, null, null, null),
                "fa" + "01" + "0261" + "0263");
        golden(new TypeHint<Tuple2<String, Byte>>() {}.getTypeInfo(), Tuple2.of("a", (byte) 1), "00" + "0261" + "01");
        golden(new TypeHint<Tuple2<Event, Byte>>() {}.getTypeInfo(), Tuple2.of(null, (byte) 1), "01" + "01");
        golden(TypeInformation.of(Shape.class), new Square((byte) 4), "01" + "04");
        Bean bean = new Bean();
        bean.first = "a";
        bean.second = 2;
        goldenBytes(TypeInformation.of(Bean.class), bean, "00" + "00" + "0261" + "02000000");
        SubBean sub = new SubBean();
        sub.extra = 9;
        String name = SubBean.class.getName();
        goldenBytes(TypeInformation.of(Bean.class), sub, "01" + "00" + text(name) + "01" + "09" + "00000000");
    }

    @Test
    void dynamicValues() {
        golden(Types.DYNAMIC, "a", "01" + "0261");
        golden(Types.DYNAMIC, 1, "06" + "01000000");
        golden(Types.DYNAMIC, List.of("a", true), "29" + "04" + "01" + "0261" + "02" + "01");
        golden(Types.DYNAMIC, new byte[] {5}, "21" + "01" + "05");
        golden(Types.DYNAMIC, Optional.of(1), "32" + "01" + "06" + "01000000");
        String name = text(Circle.class.getName());
        TypeSerializer<Object> channel = Serializers.of(Types.DYNAMIC);
        assertThat(Serializers.hex(channel, new Circle((byte) 1))).isEqualTo("40" + name + "01");
        assertThat(Serializers.hex(channel, new Circle((byte) 2))).isEqualTo("40" + "02");
        assertThat(Serializers.hex(channel, Level.HIGH)).isEqualTo("41" + text(Level.class.getName()) + "01");
        assertThat(Serializers.hex(Serializers.ofState(Types.DYNAMIC), new Circle((byte) 1)))
                .isEqualTo("00" + name + "01");
    }

    /** A string of fewer than 64 Latin-1 characters. */
    private static String text(String value) {
        assertThat(value.length()).isLessThan(64);
        byte[] characters = value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return HexFormat.of().toHexDigits((byte) (2 * value.length()))
                + HexFormat.of().formatHex(characters);
    }

    private static <T> void golden(TypeInformation<T> type, T value, String hex) {
        goldenBytes(type, value, hex);
        assertThat(Serializers.read(Serializers.of(type), HexFormat.of().parseHex(hex)))
                .isEqualTo(value);
    }

    private static <T> void goldenBytes(TypeInformation<T> type, T value, String hex) {
        assertThat(Serializers.hex(Serializers.of(type), value))
                .as(type.describe())
                .isEqualTo(hex);
        T back = Serializers.read(Serializers.of(type), HexFormat.of().parseHex(hex));
        assertThat(Serializers.hex(Serializers.of(type), back)).isEqualTo(hex);
    }
}
