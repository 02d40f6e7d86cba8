package io.millrace.common.serde;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.EnumType;
import io.millrace.api.types.RecordType;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Random types, nested to a given depth, each with a source of random values. */
final class RandomTypes {
    private static final List<TimeUnit> UNITS = List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.SECONDS);

    record Pair<A, B>(@Nullable A first, @Nullable B second) {}

    record Mixed<T>(
            int number,
            @Nullable String text,
            @Nullable T payload,
            double amount,
            @Nullable Long boxed) {}

    /** A type and how to make values of it. */
    record Sample(TypeInformation<?> type, Function<Random, Object> values) {}

    private RandomTypes() {}

    /** @param asKey only types with equality by content */
    static Sample next(Random random, int depth, boolean asKey) {
        if (depth == 0) {
            return leaf(random);
        }
        return switch (random.nextInt(asKey ? 7 : 10)) {
            case 0 -> leaf(random);
            case 1 -> pair(next(random, depth - 1, asKey), next(random, depth - 1, asKey));
            case 2 -> mixed(next(random, depth - 1, asKey));
            case 3 -> list(next(random, depth - 1, asKey));
            case 4 -> optional(next(random, depth - 1, asKey));
            case 5 -> tuple(next(random, depth - 1, asKey), next(random, depth - 1, asKey));
            case 6 -> dynamic(dynamicCase(random, depth - 1));
            case 7 -> set(next(random, depth - 1, true));
            case 8 -> map(next(random, 0, true), next(random, depth - 1, false));
            default -> tuple3(next(random, depth - 1, false), leaf(random), next(random, depth - 1, false));
        };
    }

    private static Sample leaf(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Sample(Types.STRING, RandomTypes::text);
            case 1 -> new Sample(Types.INT, Random::nextInt);
            case 2 -> new Sample(Types.LONG, Random::nextLong);
            case 3 -> new Sample(Types.DOUBLE, r -> r.nextInt(4) == 0 ? Double.NaN : r.nextGaussian());
            case 4 -> new Sample(Types.BOOLEAN, Random::nextBoolean);
            case 5 -> new Sample(Types.BIG_DEC, r -> new BigDecimal(new BigInteger(80, r), r.nextInt(9) - 4));
            case 6 -> new Sample(Types.INSTANT, r -> Instant.ofEpochSecond(r.nextInt(), r.nextInt(1_000_000_000)));
            case 7 -> new Sample(Types.LOCAL_DATE, r -> LocalDate.ofEpochDay(r.nextInt(100_000) - 50_000));
            case 8 -> new Sample(Types.UUID, r -> new UUID(r.nextLong(), r.nextLong()));
            case 9 -> new Sample(new EnumType<>(TimeUnit.class), r -> UNITS.get(r.nextInt(UNITS.size())));
            case 10 -> new Sample(Types.ZONED_DATE_TIME, RandomTypes::zoned);
            default -> new Sample(Types.DURATION, r -> Duration.ofSeconds(r.nextInt(), r.nextInt(1_000_000_000)));
        };
    }

    private static Sample pair(Sample a, Sample b) {
        return new Sample(
                new RecordType<>(Pair.class, List.of(a.type, b.type)), r -> new Pair<>(orNull(r, a), orNull(r, b)));
    }

    private static Sample mixed(Sample payload) {
        return new Sample(
                new RecordType<>(Mixed.class, List.of(payload.type)),
                r -> new Mixed<>(
                        r.nextInt(),
                        r.nextInt(4) == 0 ? null : text(r),
                        orNull(r, payload),
                        r.nextDouble(),
                        r.nextBoolean() ? r.nextLong() : null));
    }

    private static Sample tuple(Sample a, Sample b) {
        return new Sample(Types.TUPLE(a.type, b.type), r -> new Tuple2<>(orNull(r, a), orNull(r, b)));
    }

    private static Sample tuple3(Sample a, Sample b, Sample c) {
        return new Sample(
                Types.TUPLE(a.type, b.type, c.type), r -> new Tuple3<>(orNull(r, a), orNull(r, b), orNull(r, c)));
    }

    private static Sample list(Sample element) {
        return new Sample(Types.LIST(element.type), r -> fill(r, new ArrayList<>(), element));
    }

    private static Sample set(Sample element) {
        return new Sample(Types.SET(element.type), r -> {
            Set<@Nullable Object> values = new LinkedHashSet<>();
            values.addAll(fill(r, new ArrayList<>(), element));
            return values;
        });
    }

    private static Sample map(Sample key, Sample value) {
        return new Sample(Types.MAP(key.type, value.type), r -> {
            Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = r.nextInt(4); i > 0; i--) {
                values.put(orNull(r, key), orNull(r, value));
            }
            return values;
        });
    }

    private static Sample optional(Sample element) {
        return new Sample(
                Types.OPTIONAL(element.type),
                r -> r.nextBoolean() ? Optional.of(element.values.apply(r)) : Optional.empty());
    }

    private static Sample dynamic(Sample inner) {
        return new Sample(new DynamicType<>(Object.class), inner.values);
    }

    /** What can stand in a dynamic value and is equal to itself afterwards. */
    private static Sample dynamicCase(Random random, int depth) {
        Sample inner = next(random, Math.max(0, depth), true);
        return random.nextBoolean() ? inner : list(inner);
    }

    private static List<@Nullable Object> fill(Random random, List<@Nullable Object> values, Sample element) {
        for (int i = random.nextInt(5); i > 0; i--) {
            values.add(orNull(random, element));
        }
        return values;
    }

    private static @Nullable Object orNull(Random random, Sample sample) {
        return random.nextInt(5) == 0 ? null : sample.values.apply(random);
    }

    /** Strings of every shape: short, long, Latin-1, wide, with unpaired surrogates. */
    private static String text(Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(20);
        int bound = random.nextInt(3) == 0 ? 0x10000 : random.nextInt(2) == 0 ? 0x100 : 0x80;
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(bound));
        }
        return text.toString();
    }

    private static ZonedDateTime zoned(Random random) {
        String zone =
                List.of("Europe/Berlin", "UTC", "+05:30", "America/St_Johns").get(random.nextInt(4));
        LocalDate date = LocalDate.ofEpochDay(random.nextInt(20_000));
        return ZonedDateTime.of(date, LocalTime.ofSecondOfDay(random.nextInt(86_400)), ZoneId.of(zone));
    }
}
