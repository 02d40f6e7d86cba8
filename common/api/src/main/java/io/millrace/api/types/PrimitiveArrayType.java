package io.millrace.api.types;

/** An array of primitives: {@code byte[]}, {@code double[]}. */
public record PrimitiveArrayType<T>(Class<T> arrayClass) implements TypeInformation<T> {

    public PrimitiveArrayType {
        if (!arrayClass.isArray() || !arrayClass.getComponentType().isPrimitive()) {
            throw new IllegalArgumentException(arrayClass.getName() + " is not an array of primitives");
        }
    }

    @Override
    public Class<T> getTypeClass() {
        return arrayClass;
    }

    @Override
    public String describe() {
        return arrayClass.getSimpleName();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.primitiveArray(this);
    }
}
