package io.millrace.api.types;

import java.util.List;
import java.util.Optional;

/** A type made of named fields: a record, a class with getters and setters, a tuple. */
public sealed interface CompositeType<T> extends TypeInformation<T> permits RecordType, PojoType, TupleType {

    /**
     * The fields in the order in which they are written: of a record as declared, of a class sorted by name, of a tuple
     * by position.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} with the path of the field
     */
    List<FieldType> fields();

    /** The field of this name. */
    default Optional<FieldType> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    @Override
    default <R> R match(Cases<R> cases) {
        return cases.composite(this);
    }
}
