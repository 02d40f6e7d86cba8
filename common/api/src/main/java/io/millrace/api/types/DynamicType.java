package io.millrace.api.types;

/**
 * A type that is only known value by value: {@code Object}, an interface, an abstract class, a type parameter without
 * argument. Each value keeps its class; collections keep their kind. What has no serializer is refused at the first
 * such value.
 *
 * @param bound what all values are instances of
 */
public record DynamicType<T>(Class<T> bound) implements TypeInformation<T> {

    @Override
    public Class<T> getTypeClass() {
        return bound;
    }

    @Override
    public String describe() {
        return TypeNames.of(bound);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.dynamic(this);
    }
}
