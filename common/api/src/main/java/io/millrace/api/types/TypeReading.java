package io.millrace.api.types;

import io.millrace.api.tuple.Tuple;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names the type information of a Java type without looking at its fields; {@link TypeCheck} does that. */
final class TypeReading {
    private TypeReading() {}

    static TypeInformation<?> read(Type type, Map<TypeVariable<?>, TypeInformation<?>> arguments) {
        if (type instanceof Class<?> typeClass) {
            return ofClass(typeClass, rawArguments(typeClass));
        }
        if (type instanceof ParameterizedType parameterized) {
            List<TypeInformation<?>> resolved = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                resolved.add(read(argument, arguments));
            }
            return ofClass((Class<?>) parameterized.getRawType(), resolved);
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(read(array.getGenericComponentType(), arguments));
        }
        if (type instanceof TypeVariable<?> variable) {
            TypeInformation<?> known = arguments.get(variable);
            return known != null ? known : ofBound(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return read(wildcard.getUpperBounds()[0], arguments);
        }
        throw new IllegalArgumentException("Unknown kind of type: " + type);
    }

    /** The type variables of {@code generic} with their arguments. */
    static Map<TypeVariable<?>, TypeInformation<?>> bind(Class<?> generic, List<TypeInformation<?>> arguments) {
        TypeVariable<?>[] variables = generic.getTypeParameters();
        if (variables.length != arguments.size()) {
            throw new IllegalArgumentException(
                    generic.getName() + " has " + variables.length + " type parameters, not " + arguments.size());
        }
        Map<TypeVariable<?>, TypeInformation<?>> bound = new HashMap<>();
        for (int i = 0; i < variables.length; i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return bound;
    }

    /** What a type variable without an argument can be: its bound if that has no subclasses, else dynamic. */
    static TypeInformation<?> ofBound(Type bound) {
        Class<?> erased = erase(bound);
        boolean exact = Modifier.isFinal(erased.getModifiers()) && erased.getTypeParameters().length == 0;
        return exact ? ofClass(erased, List.of()) : new DynamicType<>(erased);
    }

    static Class<?> erase(Type type) {
        if (type instanceof Class<?> typeClass) {
            return typeClass;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return erase(wildcard.getUpperBounds()[0]);
        }
        return erase(((GenericArrayType) type).getGenericComponentType()).arrayType();
    }

    /** The arguments of a generic class that was named without any. */
    static List<TypeInformation<?>> rawArguments(Class<?> typeClass) {
        List<TypeInformation<?>> arguments = new ArrayList<>();
        for (TypeVariable<?> variable : typeClass.getTypeParameters()) {
            arguments.add(ofBound(variable.getBounds()[0]));
        }
        return arguments;
    }

    static TypeInformation<?> ofClass(Class<?> typeClass, List<TypeInformation<?>> arguments) {
        Class<?> boxed = boxed(typeClass);
        if (BasicType.classes().contains(boxed)) {
            return new BasicType<>(boxed);
        }
        if (typeClass.isArray()) {
            return typeClass.getComponentType().isPrimitive()
                    ? new PrimitiveArrayType<>(typeClass)
                    : new ObjectArrayType<>(typeClass, read(typeClass.getComponentType(), Map.of()));
        }
        if (CollectionType.isSupported(typeClass)) {
            return new CollectionType<>(typeClass, arguments.get(0));
        }
        if (MapType.isSupported(typeClass)) {
            return new MapType<>(typeClass, arguments.get(0), arguments.get(1));
        }
        if (typeClass == Optional.class) {
            return new OptionalType<>(arguments.get(0));
        }
        return ofUserClass(typeClass, arguments);
    }

    private static TypeInformation<?> ofUserClass(Class<?> typeClass, List<TypeInformation<?>> arguments) {
        if (typeClass.isEnum()) {
            return new EnumType<>(typeClass);
        }
        Class<?> parent = typeClass.getSuperclass();
        if (parent != null && parent.isEnum()) { // a constant with a body has a class of its own
            return new EnumType<>(parent);
        }
        if (typeClass.isRecord()) {
            return new RecordType<>(typeClass, arguments);
        }
        if (Tuple.class.isAssignableFrom(typeClass) && typeClass != Tuple.class) {
            return new TupleType<>(typeClass, arguments);
        }
        if (SealedMembers.isClosed(typeClass)) {
            return new SealedType<>(typeClass, arguments);
        }
        if (typeClass == Object.class || Modifier.isAbstract(typeClass.getModifiers())) {
            return new DynamicType<>(typeClass);
        }
        return new PojoType<>(typeClass, arguments);
    }

    private static TypeInformation<?> arrayOf(TypeInformation<?> element) {
        return new ObjectArrayType<>(element.getTypeClass().arrayType(), element);
    }

    static TypeInformation<?> tuple(List<TypeInformation<?>> fields) {
        if (fields.size() > Tuple.MAX_ARITY) {
            throw new IllegalArgumentException(
                    "A tuple has at most " + Tuple.MAX_ARITY + " fields, not " + fields.size());
        }
        return new TupleType<>(Tuple.class.getPermittedSubclasses()[fields.size()], fields);
    }

    /** The primitive of a box; the class itself if it is none. */
    static Class<?> unboxed(Class<?> type) {
        return MethodType.methodType(type).unwrap().returnType();
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
