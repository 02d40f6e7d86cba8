package io.millrace.api.types;

import java.util.List;
import java.util.stream.Collectors;

/** Names of types as people write them. */
final class TypeNames {

    private TypeNames() {}

    /** The class with its enclosing classes, without package: {@code Orders.Line}. */
    static String of(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        boolean named = outer != null && !type.isAnonymousClass() && !type.isLocalClass();
        return named ? of(outer) + "." + type.getSimpleName() : lastPart(type);
    }

    static String of(Class<?> type, List<TypeInformation<?>> arguments) {
        if (arguments.isEmpty()) {
            return of(type);
        }
        return of(type) + arguments.stream().map(TypeInformation::describe).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String lastPart(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
    }
}
