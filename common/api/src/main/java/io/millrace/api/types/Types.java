package io.millrace.api.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The types by name, for {@code returns(...)}, state descriptors and the like. */
@SuppressWarnings("unchecked") // class literals have no type arguments
public final class Types {
    /** No value but null. */
    public static final TypeInformation<Void> VOID = new BasicType<>(Void.class);

    public static final TypeInformation<String> STRING = new BasicType<>(String.class);
    public static final TypeInformation<Byte> BYTE = new BasicType<>(Byte.class);
    public static final TypeInformation<Boolean> BOOLEAN = new BasicType<>(Boolean.class);
    public static final TypeInformation<Short> SHORT = new BasicType<>(Short.class);
    public static final TypeInformation<Integer> INT = new BasicType<>(Integer.class);
    public static final TypeInformation<Long> LONG = new BasicType<>(Long.class);
    public static final TypeInformation<Float> FLOAT = new BasicType<>(Float.class);
    public static final TypeInformation<Double> DOUBLE = new BasicType<>(Double.class);
    public static final TypeInformation<Character> CHAR = new BasicType<>(Character.class);
    public static final TypeInformation<BigDecimal> BIG_DEC = new BasicType<>(BigDecimal.class);
    public static final TypeInformation<BigInteger> BIG_INT = new BasicType<>(BigInteger.class);
    public static final TypeInformation<LocalDate> LOCAL_DATE = new BasicType<>(LocalDate.class);
    public static final TypeInformation<LocalTime> LOCAL_TIME = new BasicType<>(LocalTime.class);
    public static final TypeInformation<LocalDateTime> LOCAL_DATE_TIME = new BasicType<>(LocalDateTime.class);
    public static final TypeInformation<ZonedDateTime> ZONED_DATE_TIME = new BasicType<>(ZonedDateTime.class);
    public static final TypeInformation<OffsetDateTime> OFFSET_DATE_TIME = new BasicType<>(OffsetDateTime.class);
    public static final TypeInformation<Instant> INSTANT = new BasicType<>(Instant.class);
    public static final TypeInformation<Duration> DURATION = new BasicType<>(Duration.class);
    public static final TypeInformation<UUID> UUID = new BasicType<>(UUID.class);

    /** Any object; each value keeps its class. */
    public static final TypeInformation<Object> DYNAMIC = new DynamicType<>(Object.class);

    private Types() {}

    /** The tuple with fields of these types: {@code TUPLE(STRING, INT)} is a {@code Tuple2<String, Integer>}. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as wide as the variable it is assigned to
    public static <T> TypeInformation<T> TUPLE(TypeInformation<?>... fields) {
        return (TypeInformation<T>) TypeReading.tuple(List.of(fields));
    }

    /** A class with a constructor without arguments, see {@link PojoType}. */
    public static <T> TypeInformation<T> POJO(Class<T> pojoClass) {
        return POJO(pojoClass, Map.of());
    }

    /** As {@link #POJO(Class)}, with the types of some fields given. */
    public static <T> TypeInformation<T> POJO(Class<T> pojoClass, Map<String, TypeInformation<?>> fields) {
        return TypeExtractor.checked(new PojoType<>(pojoClass, TypeReading.rawArguments(pojoClass), fields));
    }

    public static <E> TypeInformation<List<E>> LIST(TypeInformation<E> element) {
        return new CollectionType<>((Class<List<E>>) (Class<?>) List.class, element);
    }

    public static <E> TypeInformation<Set<E>> SET(TypeInformation<E> element) {
        return new CollectionType<>((Class<Set<E>>) (Class<?>) Set.class, element);
    }

    public static <K, V> TypeInformation<Map<K, V>> MAP(TypeInformation<K> key, TypeInformation<V> value) {
        return new MapType<>((Class<Map<K, V>>) (Class<?>) Map.class, key, value);
    }

    public static <E> TypeInformation<Optional<E>> OPTIONAL(TypeInformation<E> element) {
        return new OptionalType<>(element);
    }

    public static <E extends Enum<E>> TypeInformation<E> ENUM(Class<E> enumClass) {
        return new EnumType<>(enumClass);
    }

    /** The array of the primitive whose box is given: {@code PRIMITIVE_ARRAY(INT)} is an {@code int[]}. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> TypeInformation<T> PRIMITIVE_ARRAY(TypeInformation<?> element) {
        Class<?> primitive = TypeReading.unboxed(element.getTypeClass());
        return new PrimitiveArrayType<>((Class<T>) primitive.arrayType());
    }

    public static <E> TypeInformation<E[]> OBJECT_ARRAY(TypeInformation<E> element) {
        return new ObjectArrayType<>((Class<E[]>) element.getTypeClass().arrayType(), element);
    }

    /** A type with a serializer of the user's own, which has a public constructor without arguments. */
    public static <T> TypeInformation<T> CUSTOM(
            Class<T> typeClass, Class<? extends TypeSerializer<T>> serializerClass) {
        return new CustomType<>(typeClass, serializerClass);
    }
}
