package io.millrace.common.serde;

import io.millrace.api.types.DynamicType;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.error.MillraceException;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The type that a dynamic value is written as. Types of the JDK have fixed numbers, their positions in {@link #FIXED};
 * all others are named by their class. The order of the list is part of the protocol: it only grows, at its end.
 */
final class DynamicKinds {
    private static final List<Class<?>> FIXED = List.of(
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
            Date.class,
            boolean[].class,
            byte[].class,
            short[].class,
            char[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            Object[].class,
            ArrayList.class,
            LinkedList.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            ArrayDeque.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            Optional.class);

    private DynamicKinds() {}

    /** The number of fixed kinds. */
    static int fixedCount() {
        return FIXED.size();
    }

    static TypeInformation<?> fixed(int number) {
        return TypeInformation.of(FIXED.get(number));
    }

    /** The number of a fixed kind; -1 for a type that is named by its class. */
    static int numberOf(TypeInformation<?> type) {
        return FIXED.indexOf(type.getTypeClass());
    }

    /**
     * The type to write values of {@code found} as: the class itself wherever it has a serializer, the nearest standard
     * class for other collections of the JDK.
     *
     * @throws MillraceException {@code TYPE_NOT_SERIALIZABLE} at {@code path}
     */
    static TypeInformation<?> of(Class<?> found, String path) {
        TypeInformation<?> type = named(standard(found), path);
        if (type instanceof DynamicType<?>) {
            throw ValueRefusals.unsupportedClass(found, path);
        }
        return type;
    }

    private static TypeInformation<?> named(Class<?> valueClass, String path) {
        try {
            return TypeInformation.of(valueClass);
        } catch (MillraceException e) {
            throw e.problem().at(path + " holding " + e.problem().where()).asException(e);
        }
    }

    /** Collections of the JDK that only the JDK can create are written as their public relatives. */
    private static Class<?> standard(Class<?> found) {
        boolean ofPlatform = found.getClassLoader() == null;
        if (!ofPlatform || FIXED.contains(found)) {
            return found;
        }
        if (List.class.isAssignableFrom(found)) {
            return ArrayList.class;
        }
        if (Set.class.isAssignableFrom(found)) {
            return SortedSet.class.isAssignableFrom(found) ? TreeSet.class : LinkedHashSet.class;
        }
        if (Map.class.isAssignableFrom(found)) {
            return SortedMap.class.isAssignableFrom(found) ? TreeMap.class : LinkedHashMap.class;
        }
        return ZoneId.class.isAssignableFrom(found) ? ZoneId.class : found;
    }
}
