package io.millrace.api.types;

import java.util.List;

/**
 * A record. Its components may be null where they are references.
 *
 * @param typeArguments one for each type parameter of the record
 */
public record RecordType<T>(Class<T> recordClass, List<TypeInformation<?>> typeArguments) implements CompositeType<T> {

    public RecordType {
        typeArguments = List.copyOf(typeArguments);
        if (!recordClass.isRecord()) {
            throw new IllegalArgumentException(recordClass.getName() + " is not a record");
        }
    }

    @Override
    public Class<T> getTypeClass() {
        return recordClass;
    }

    @Override
    public List<FieldType> fields() {
        return FieldReading.ofRecord(this);
    }

    @Override
    public String describe() {
        return TypeNames.of(recordClass, typeArguments);
    }
}
