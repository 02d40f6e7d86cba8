package io.millrace.api.plan.builder;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on types of the Java language: substituting and binding type variables, looking a class up among
 * supertypes.
 */
final class GenericTypes {

    private GenericTypes() {}

    /** A generic class with arguments. */
    record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && raw == that.getRawType()
                    && arguments.equals(List.of(that.getActualTypeArguments()));
        }

        @Override
        public int hashCode() {
            return 31 * raw.hashCode() + arguments.hashCode();
        }

        @Override
        public String toString() {
            return raw.getTypeName() + arguments;
        }
    }

    /** The class with its own variables as arguments; the class itself if it has none. */
    static Type withOwnVariables(Class<?> raw) {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        return variables.length == 0 ? raw : new Parameterized(raw, List.of(variables));
    }

    /**
     * The arguments that {@code start} gives to its supertype {@code target}, possibly with variables of
     * {@code start}'s class; empty if it is no supertype, or is extended without arguments.
     */
    static Optional<Type[]> argumentsFor(Type start, Class<?> target) {
        Class<?> raw = erase(start);
        if (!target.isAssignableFrom(raw)) {
            return Optional.empty();
        }
        if (raw == target) {
            return start instanceof ParameterizedType parameterized
                    ? Optional.of(parameterized.getActualTypeArguments())
                    : Optional.empty();
        }
        Map<TypeVariable<?>, Type> bindings = bindingsOf(start);
        for (Type parent : raw.getGenericInterfaces()) {
            if (target.isAssignableFrom(erase(parent))) {
                return argumentsFor(substitute(parent, bindings), target);
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? Optional.empty() : argumentsFor(substitute(parent, bindings), target);
    }

    private static Map<TypeVariable<?>, Type> bindingsOf(Type type) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        if (type instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = erase(type).getTypeParameters();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], arguments[i]);
            }
        }
        return bindings;
    }

    /**
     * Binds the variables in {@code pattern} so that it becomes {@code actual}, as far as possible; bound ones stay as
     * they are.
     */
    static void bind(Type pattern, Type actual, Map<TypeVariable<?>, Type> bindings) {
        if (pattern instanceof TypeVariable<?> variable) {
            if (actual != variable) {
                bindings.putIfAbsent(variable, box(actual));
            }
        } else if (pattern instanceof WildcardType wildcard) {
            Type[] lower = wildcard.getLowerBounds();
            bind(lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0], actual, bindings);
        } else if (actual instanceof WildcardType wildcard) {
            bind(pattern, wildcard.getUpperBounds()[0], bindings);
        } else if (pattern instanceof GenericArrayType array) {
            componentOf(actual).ifPresent(component -> bind(array.getGenericComponentType(), component, bindings));
        } else if (pattern instanceof ParameterizedType parameterized) {
            argumentsFor(actual, erase(pattern)).ifPresent(arguments -> {
                Type[] patterns = parameterized.getActualTypeArguments();
                for (int i = 0; i < patterns.length; i++) {
                    bind(patterns[i], arguments[i], bindings);
                }
            });
        }
    }

    private static Optional<Type> componentOf(Type type) {
        if (type instanceof GenericArrayType array) {
            return Optional.of(array.getGenericComponentType());
        }
        return type instanceof Class<?> array ? Optional.ofNullable(array.getComponentType()) : Optional.empty();
    }

    /** {@code type} with the bound variables replaced. */
    static Type substitute(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return bound == null ? type : bound;
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = substitute(arguments[i], bindings);
            }
            return new Parameterized(erase(type), List.of(arguments));
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(substitute(array.getGenericComponentType(), bindings));
        }
        if (type instanceof WildcardType wildcard) {
            return substitute(wildcard.getUpperBounds()[0], bindings);
        }
        return type;
    }

    /** {@code type} with what is left of variables and wildcards replaced by their bounds. */
    static Type ground(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = ground(arguments[i]);
            }
            return new Parameterized(erase(type), List.of(arguments));
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(ground(array.getGenericComponentType()));
        }
        if (type instanceof WildcardType wildcard) {
            return ground(wildcard.getUpperBounds()[0]);
        }
        return erase(type);
    }

    static Type arrayOf(Type component) {
        return component instanceof Class<?> plain ? plain.arrayType() : (GenericArrayType) () -> component;
    }

    /** The class that is left of {@code type} at run time. */
    static Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
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
        Class<?> component = erase(((GenericArrayType) type).getGenericComponentType());
        return Array.newInstance(component, 0).getClass();
    }

    /** The boxed form of a primitive; any other type itself. */
    static Type box(Type type) {
        return type instanceof Class<?> plain && plain.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(plain).wrap().returnType()
                : type;
    }
}
