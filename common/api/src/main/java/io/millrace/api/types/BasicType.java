package io.millrace.api.types;

/** A type with a serializer written by hand: strings, boxed primitives and the like. All of them are immutable. */
public record BasicType<T>(Class<T> typeClass) implements TypeInformation<T> {

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public String describe() {
        return typeClass.getSimpleName();
    }
}
