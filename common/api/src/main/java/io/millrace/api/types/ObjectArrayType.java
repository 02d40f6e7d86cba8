package io.millrace.api.types;

/** An array of references; its elements may be null. A value read back has exactly {@code arrayClass}. */
public record ObjectArrayType<T>(Class<T> arrayClass, TypeInformation<?> element) implements TypeInformation<T> {

    public ObjectArrayType {
        if (!arrayClass.isArray() || arrayClass.getComponentType().isPrimitive()) {
            throw new IllegalArgumentException(arrayClass.getName() + " is not an array of references");
        }
    }

    @Override
    public Class<T> getTypeClass() {
        return arrayClass;
    }

    @Override
    public String describe() {
        return element.describe() + "[]";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.objectArray(this);
    }
}
