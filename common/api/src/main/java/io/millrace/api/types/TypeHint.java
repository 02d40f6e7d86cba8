package io.millrace.api.types;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Keeps generic arguments that a class literal loses; made as an anonymous subclass: {@code new TypeHint<Map<K, V>>()
 * {}}.
 */
public abstract class TypeHint<T> {
    private final TypeInformation<T> typeInformation;

    protected TypeHint() {
        Type parent = getClass().getGenericSuperclass();
        if (!(parent instanceof ParameterizedType parameterized) || parameterized.getRawType() != TypeHint.class) {
            throw new IllegalArgumentException(
                    "A type hint is an anonymous subclass with its argument: new TypeHint<List<String>>() {}");
        }
        @SuppressWarnings("unchecked") // the argument is T by the check above
        TypeInformation<T> type =
                (TypeInformation<T>) TypeExtractor.forType(parameterized.getActualTypeArguments()[0]);
        this.typeInformation = type;
    }

    public final TypeInformation<T> getTypeInfo() {
        return typeInformation;
    }
}
