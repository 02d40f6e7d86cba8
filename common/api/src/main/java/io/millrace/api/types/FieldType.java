package io.millrace.api.types;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A field of a {@link CompositeType}.
 *
 * @param type its type with the type arguments filled in; of a primitive field the type of the box
 * @param field the field in its class, not made accessible
 * @param getter how the field is read if other classes in the nest of the type cannot reach it; null if they can
 * @param setter how the field is written, present when {@code getter} is
 */
public record FieldType(
        TypeInformation<?> type,
        Field field,
        @Nullable Method getter,
        @Nullable Method setter) {

    static FieldType direct(Field field, TypeInformation<?> type) {
        return new FieldType(type, field, null, null);
    }

    public String name() {
        return field.getName();
    }

    public boolean isPrimitive() {
        return field.getType().isPrimitive();
    }
}
