package io.millrace.api.types;

import java.util.List;

/** A tuple; its elements may be null. */
public record TupleType<T>(Class<T> tupleClass, List<TypeInformation<?>> elements) implements CompositeType<T> {

    public TupleType {
        elements = List.copyOf(elements);
        if (tupleClass.getTypeParameters().length != elements.size()) {
            throw new IllegalArgumentException(
                    tupleClass.getSimpleName() + " does not have " + elements.size() + " fields");
        }
    }

    @Override
    public Class<T> getTypeClass() {
        return tupleClass;
    }

    @Override
    public List<FieldType> fields() {
        return FieldReading.ofTuple(this);
    }

    @Override
    public String describe() {
        return TypeNames.of(tupleClass, elements);
    }
}
