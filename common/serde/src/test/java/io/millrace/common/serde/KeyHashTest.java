package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeErrors;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.common.core.error.MillraceException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The values of {@code docs/protocol/key-hash.md}. A failure here means that keys have moved: change the code, not the
 * value.
 */
class KeyHashTest {

    enum Level {
        LOW,
        HIGH
    }

    record Pair(String name, long number) {}

    record Reading(
            @Nullable String sensor, double value, @Nullable Level level, List<Integer> codes) {}

    record Chain(int value, Optional<Chain> next) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double size) implements Shape {}

    record Square(double size) implements Shape {}

    static class Bean {
        public int a;
        public @Nullable String b;

        @Override
        public int hashCode() {
            throw new AssertionError("a user's hashCode is not used");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw new AssertionError("a user's equals is not used");
        }
    }

    @Test
    void goldenValues() {
        assertThat(hash(Types.INT, 0)).isEqualTo(0);
        assertThat(hash(Types.INT, 1)).isEqualTo(0x688990C0);
        assertThat(hash(Types.LONG, 1L)).isEqualTo(0x5692161D);
        assertThat(hash(Types.LONG, -1L)).isEqualTo(0xB4D055FC);
        assertThat(hash(Types.STRING, "")).isEqualTo(0);
        assertThat(hash(Types.STRING, "user-1")).isEqualTo(0x89F1BB81);
        assertThat(hash(Types.STRING, "日本")).isEqualTo(0xD341BF54);
        assertThat(hash(Types.BOOLEAN, true)).isEqualTo(0x688990C0);
        assertThat(hash(Types.BYTE, (byte) -1)).isEqualTo(0x6768824A);
        assertThat(hash(Types.CHAR, 'a')).isEqualTo(0x87B2D803);
        assertThat(hash(Types.DOUBLE, 1.5)).isEqualTo(0xE72B41D4);
        assertThat(hash(Types.DOUBLE, Double.NaN)).isEqualTo(0x469BF2DC);
        assertThat(hash(Types.FLOAT, 1.5f)).isEqualTo(0x984F7DC6);
        assertThat(hash(Types.BIG_DEC, new BigDecimal("-12.50"))).isEqualTo(0xABFF09D1);
        assertThat(hash(Types.INSTANT, Instant.ofEpochSecond(1_700_000_000, 5))).isEqualTo(0xF3E19D5B);
        assertThat(hash(Types.LOCAL_DATE, LocalDate.of(2026, 1, 2))).isEqualTo(0x0DE4CC6C);
        assertThat(hash(Types.LOCAL_DATE_TIME, LocalDateTime.of(2026, 1, 2, 3, 4, 5)))
                .isEqualTo(0x6FB7A3A1);
        assertThat(hash(Types.ZONED_DATE_TIME, ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]")))
                .isEqualTo(0x1D6952CF);
        assertThat(hash(Types.UUID, new UUID(1, 2))).isEqualTo(0x8E34EA7C);
        assertThat(hash(TypeInformation.of(URI.class), URI.create("http://a/b")))
                .isEqualTo(0x0A1F9B79);
        assertThat(hash(Types.ENUM(Level.class), Level.HIGH)).isEqualTo(0x6C8CEB14);
        assertThat(hash(TypeInformation.of(byte[].class), new byte[] {1, -2})).isEqualTo(0xBFBF08CE);
        assertThat(hash(TypeInformation.of(double[].class), new double[] {1.5})).isEqualTo(0x090BD149);
        assertThat(hash(Types.LIST(Types.INT), List.of(1, 2))).isEqualTo(0x352E833B);
        assertThat(hash(Types.OPTIONAL(Types.INT), Optional.empty())).isEqualTo(KeyHash.OF_NULL);
        assertThat(hash(Types.OPTIONAL(Types.INT), Optional.of(1))).isEqualTo(0x06526CF0);
        assertThat(hash(TypeInformation.of(Pair.class), new Pair("a", 2))).isEqualTo(0x00DE6004);
        assertThat(hash(TypeInformation.of(new TypeHint<Tuple2<String, Long>>() {}), Tuple2.of("a", 2L)))
                .as("a tuple hashes as a record of the same fields")
                .isEqualTo(0x00DE6004);
        assertThat(hash(TypeInformation.of(Reading.class), new Reading(null, -0.0, Level.LOW, List.of(1))))
                .isEqualTo(0x044FCABF);
        assertThat(hash(TypeInformation.of(Shape.class), new Circle(1))).isEqualTo(0x056BA0A9);
        assertThat(hash(Types.DYNAMIC, 1)).isEqualTo(0x49882C56);
    }

    @Test
    void equalContentIsOneKey() {
        assertThat(hash(Types.DOUBLE, -0.0)).isEqualTo(hash(Types.DOUBLE, 0.0));
        assertThat(Serializers.hasher(Types.DOUBLE).equal(-0.0, 0.0)).isTrue();
        double otherNan = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
        assertThat(hash(Types.DOUBLE, otherNan)).isEqualTo(hash(Types.DOUBLE, Double.NaN));
        assertThat(Serializers.hasher(Types.DOUBLE).equal(otherNan, Double.NaN)).isTrue();
        TypeInformation<Reading> type = TypeInformation.of(Reading.class);
        Reading a = new Reading("s", Double.NaN, Level.LOW, List.of(1, 2));
        Reading b = new Reading("s", otherNan, Level.LOW, Arrays.asList(1, 2));
        assertThat(Serializers.hasher(type).equal(a, b)).isTrue();
        assertThat(hash(type, a)).isEqualTo(hash(type, b));
        KeyHasher<int[]> arrays = Serializers.hasher(TypeInformation.of(int[].class));
        assertThat(arrays.equal(new int[] {1}, new int[] {1})).isTrue();
        assertThat(arrays.equal(new int[] {1}, new int[] {2})).isFalse();
    }

    @Test
    void differentContentIsAnotherKey() {
        KeyHasher<Reading> hasher = Serializers.hasher(TypeInformation.of(Reading.class));
        Reading one = new Reading("s", 1, Level.LOW, List.of(1));
        List<Reading> others = List.of(
                new Reading(null, 1, Level.LOW, List.of(1)),
                new Reading("t", 1, Level.LOW, List.of(1)),
                new Reading("s", 2, Level.LOW, List.of(1)),
                new Reading("s", 1, Level.HIGH, List.of(1)),
                new Reading("s", 1, null, List.of(1)),
                new Reading("s", 1, Level.LOW, List.of(1, 1)),
                new Reading("s", 1, Level.LOW, List.of(2)));
        for (Reading other : others) {
            assertThat(hasher.equal(one, other)).as("%s", other).isFalse();
            assertThat(hasher.equal(other, one)).as("%s", other).isFalse();
            assertThat(hasher.hash(one)).as("%s", other).isNotEqualTo(hasher.hash(other));
        }
        assertThat(Serializers.hasher(TypeInformation.of(Shape.class)).equal(new Circle(1), new Square(1)))
                .isFalse();
        assertThat(Serializers.hasher(Types.DYNAMIC).equal(1, 1L)).isFalse();
        assertThat(Serializers.hasher(Types.DYNAMIC).equal(List.of(1), new ArrayList<>(List.of(1))))
                .isTrue();
    }

    @Test
    void classIsAKeyByItsFields() {
        KeyHasher<Bean> hasher = Serializers.hasher(TypeInformation.of(Bean.class));
        Bean a = new Bean();
        Bean b = new Bean();
        assertThat(hasher.equal(a, b)).isTrue();
        assertThat(hasher.hash(a)).isEqualTo(hasher.hash(b));
        b.b = "x";
        assertThat(hasher.equal(a, b)).isFalse();
    }

    @Test
    void neighboursSpreadOverAllKeyGroups() {
        int groups = 128;
        int keys = 100 * groups;
        int[] ofInts = new int[groups];
        int[] ofLongs = new int[groups];
        int[] ofStrings = new int[groups];
        int[] ofPairs = new int[groups];
        KeyHasher<Pair> pairs = Serializers.hasher(TypeInformation.of(Pair.class));
        BitSet distinct = new BitSet();
        for (int i = 0; i < keys; i++) {
            ofInts[Math.floorMod(KeyHash.ofInt(i), groups)]++;
            ofLongs[Math.floorMod(KeyHash.ofLong(i * 1000L), groups)]++;
            ofStrings[Math.floorMod(KeyHash.ofString("user-" + i), groups)]++;
            int hash = pairs.hash(new Pair("p", i));
            ofPairs[Math.floorMod(hash, groups)]++;
            distinct.set(hash >>> 1);
        }
        for (int[] counts : List.of(ofInts, ofLongs, ofStrings, ofPairs)) {
            double chiSquare = 0;
            for (int count : counts) {
                chiSquare += (count - 100.0) * (count - 100.0) / 100.0;
            }
            assertThat(chiSquare)
                    .as("127 degrees of freedom: 99.9999 % are below 220")
                    .isLessThan(220);
        }
        assertThat(distinct.cardinality()).isGreaterThan(keys - 3);
    }

    @Test
    void mixersDoNotLoseKeys() {
        Set<Integer> seen = new HashSet<>();
        for (int i = -50_000; i < 50_000; i++) {
            assertThat(seen.add(KeyHash.mix(i))).isTrue();
        }
    }

    record WithMap(String name, Map<String, Integer> counts) {}

    @Test
    void typeWithoutEqualityByContentIsRefusedWithItsPath() {
        MillraceException refusal = refusal(TypeInformation.of(new TypeHint<List<WithMap>>() {}));
        assertThat(refusal.code()).isEqualTo(TypeErrors.TYPE_NOT_A_KEY.name());
        assertThat(refusal.problem().where()).isEqualTo("List<KeyHashTest.WithMap>[].counts");
        assertThat(refusal(Types.SET(Types.INT)).problem().why()).contains("order");
        assertThat(refusal(Types.VOID).code()).isEqualTo(TypeErrors.TYPE_NOT_A_KEY.name());
        assertThat(refusal(TypeInformation.of(Chain.class)).problem().why()).contains("contains itself");
        KeyHasher<Object> dynamic = Serializers.hasher(Types.DYNAMIC);
        assertThat(catchThrowableOfType(MillraceException.class, () -> dynamic.hash(Map.of()))
                        .code())
                .isEqualTo(TypeErrors.TYPE_NOT_A_KEY.name());
    }

    private static <K> int hash(TypeInformation<K> type, K key) {
        return Serializers.hasher(type).hash(key);
    }

    private static MillraceException refusal(TypeInformation<?> type) {
        return catchThrowableOfType(MillraceException.class, () -> Serializers.hasher(type));
    }
}
