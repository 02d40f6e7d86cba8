package io.millrace.api.types;

/** The constants of an enum. */
public record EnumType<T>(Class<T> enumClass) implements TypeInformation<T> {

    public EnumType {
        if (!enumClass.isEnum()) {
            throw new IllegalArgumentException(enumClass.getName() + " is not an enum");
        }
    }

    @Override
    public Class<T> getTypeClass() {
        return enumClass;
    }

    @Override
    public String describe() {
        return TypeNames.of(enumClass);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.enumeration(this);
    }
}
