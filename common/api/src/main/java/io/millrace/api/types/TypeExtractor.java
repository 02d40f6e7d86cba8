package io.millrace.api.types;

import io.millrace.common.core.error.Problem;
import java.util.Set;

/** Finds the type information of classes. */
final class TypeExtractor {
    private static final Set<Class<?>> BASIC = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    private TypeExtractor() {}

    static <T> TypeInformation<T> forClass(Class<T> typeClass) {
        if (BASIC.contains(typeClass)) {
            return new BasicType<>(typeClass);
        }
        throw Problem.of(TypeErrors.TYPE_NOT_SERIALIZABLE, "No serializer for " + typeClass.getName())
                .fix("Make it a record, or a class with a public constructor without arguments")
                .asException();
    }
}
