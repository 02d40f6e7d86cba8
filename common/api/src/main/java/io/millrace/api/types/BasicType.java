package io.millrace.api.types;

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
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * A type with a serializer written by hand: strings, boxed primitives, numbers, java.time and a few more of the JDK.
 * Primitive fields have the type of their box. All but {@link Date} are immutable.
 */
public record BasicType<T>(Class<T> typeClass) implements TypeInformation<T> {
    private static final Set<Class<?>> CLASSES = Set.copyOf(List.of(
            Void.class,
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            ZoneOffset.class,
            ZoneId.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            UUID.class,
            URI.class,
            Locale.class,
            Date.class));

    /** @throws IllegalArgumentException if {@code typeClass} is not one of {@link #classes} */
    public BasicType {
        if (!CLASSES.contains(typeClass)) {
            throw new IllegalArgumentException(typeClass.getName() + " is not a basic type");
        }
    }

    /** All basic types. */
    public static Set<Class<?>> classes() {
        return CLASSES;
    }

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public String describe() {
        return typeClass.getSimpleName();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.basic(this);
    }
}
