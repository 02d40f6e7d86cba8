package io.millrace.api.types;

/**
 * A type with a serializer of the user's own.
 *
 * @param serializerClass has a public constructor without arguments
 */
public record CustomType<T>(Class<T> typeClass, Class<? extends TypeSerializer<T>> serializerClass)
        implements TypeInformation<T> {

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public String describe() {
        return TypeNames.of(typeClass);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.custom(this);
    }
}
