package io.millrace.api.types;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;

/**
 * Finds the type information of Java types by reflection. A result has been checked through to its last field, so a
 * serializer can be generated for it, dynamic parts apart. Keeps nothing; any thread.
 */
public final class TypeExtractor {

    private TypeExtractor() {}

    /** The type of a class; its type parameters, if it has any, are taken as dynamic. */
    @SuppressWarnings("unchecked") // the type read from a class has that class, or the box of a primitive
    public static <T> TypeInformation<T> forClass(Class<T> typeClass) {
        return (TypeInformation<T>) forType(typeClass);
    }

    /**
     * The type of a Java type in which no type variable has a known argument: what remains open is taken as dynamic.
     */
    public static TypeInformation<?> forType(Type type) {
        return forType(type, Map.of());
    }

    /**
     * The type of a Java type.
     *
     * @param arguments what is known of the type variables that occur in {@code type}; the others are taken as dynamic
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} with the path of the field
     *     that has no serializer, the reason and the ways out
     */
    public static TypeInformation<?> forType(Type type, Map<TypeVariable<?>, TypeInformation<?>> arguments) {
        return checked(TypeReading.read(type, arguments));
    }

    /** {@code type} itself, checked through to its last field. */
    static <T, I extends TypeInformation<T>> I checked(I type) {
        TypeCheck.check(type);
        return type;
    }
}
