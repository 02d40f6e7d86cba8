package io.millrace.api.functions.builtin;

import io.millrace.api.ApiErrors;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.error.Problem;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Which field of an element to sum up: by position, of a tuple, or by name, of a tuple, a record or a class with a
 * public field or with getter and setter. Position 0 of a number is the number itself. Belongs to one function instance
 * and its thread.
 */
public final class SummedField implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private transient @Nullable Class<?> accessedClass;
    private transient @Nullable FieldAccess access;

    private SummedField(String name) {
        this.name = name;
    }

    /**
     * @param elements the type of the elements; where it is known the field is looked for at once
     * @throws io.millrace.common.core.error.MillraceException {@code FIELD_NOT_SUMMABLE}
     */
    public static SummedField at(int position, TypeInformation<?> elements) {
        if (position < 0) {
            throw notSummable(String.valueOf(position), elements.getTypeClass(), "positions count from 0");
        }
        return checked(new SummedField(String.valueOf(position)), elements);
    }

    /**
     * @param elements the type of the elements; where it is known the field is looked for at once
     * @throws io.millrace.common.core.error.MillraceException {@code FIELD_NOT_SUMMABLE}
     */
    public static SummedField named(String name, TypeInformation<?> elements) {
        return checked(new SummedField(name), elements);
    }

    private static SummedField checked(SummedField field, TypeInformation<?> elements) {
        Class<?> type = elements.getTypeClass();
        boolean concrete = !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && type != Object.class;
        if (concrete) {
            field.accessTo(type);
        }
        return field;
    }

    FieldAccess accessTo(Class<?> type) {
        FieldAccess found = access;
        if (found == null || accessedClass != type) {
            found = FieldAccess.find(type, name);
            access = found;
            accessedClass = type;
        }
        return found;
    }

    Number number(FieldAccess from, Object element) throws Exception {
        Object value = from.get(element);
        if (value instanceof Number number) {
            return number;
        }
        throw notSummable(name, element.getClass(), "its value is " + value + ", not a number");
    }

    static RuntimeException notSummable(String field, Class<?> type, String why) {
        return Problem.of(
                        ApiErrors.FIELD_NOT_SUMMABLE,
                        "Field '" + field + "' of " + type.getTypeName() + " cannot be summed up")
                .because(why)
                .fix("Name a field that is a number, or hand sum a function: sum(event -> event.bytes())")
                .asException();
    }
}
