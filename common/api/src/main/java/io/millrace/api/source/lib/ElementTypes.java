package io.millrace.api.source.lib;

import io.millrace.api.tuple.Tuple;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The type that given elements have in common. */
public final class ElementTypes {

    private ElementTypes() {}

    /**
     * The type of the elements' class if it is one class, with the fields of tuples looked at in the same way;
     * otherwise a type of values that each keep their class.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} if their class has no
     *     serializer
     */
    @SuppressWarnings("unchecked") // what is common to all elements is a T
    public static <T> TypeInformation<T> common(Collection<T> elements) {
        return (TypeInformation<T>) commonType(elements);
    }

    private static TypeInformation<?> commonType(Collection<?> elements) {
        Set<@Nullable Class<?>> classes = new HashSet<>();
        for (Object element : elements) {
            classes.add(element == null ? null : classOf(element));
        }
        Class<?> type = classes.size() == 1 ? classes.iterator().next() : null;
        if (type == null || keepsItsKind(type)) {
            return Types.DYNAMIC;
        }
        return Tuple.class.isAssignableFrom(type) ? tupleType(elements, type) : TypeInformation.of(type);
    }

    private static Class<?> classOf(Object element) {
        return element instanceof Enum<?> constant ? constant.getDeclaringClass() : element.getClass();
    }

    /** Collections do not tell the type of their elements. */
    private static boolean keepsItsKind(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || type == Optional.class;
    }

    private static TypeInformation<?> tupleType(Collection<?> elements, Class<?> type) {
        List<TypeInformation<?>> fields = new ArrayList<>();
        for (int i = 0; i < type.getTypeParameters().length; i++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object element : elements) {
                Object value = ((Tuple) element).getField(i);
                values.add(value);
            }
            fields.add(commonType(values));
        }
        return Types.TUPLE(fields.toArray(TypeInformation[]::new));
    }
}
