package io.millrace.api.types;

import java.util.List;

/**
 * A sealed interface or class whose members are all known: records, enums, final classes, or sealed again. A value is
 * written with the index of its member.
 *
 * @param typeArguments one for each type parameter of the sealed class
 */
public record SealedType<T>(Class<T> sealedClass, List<TypeInformation<?>> typeArguments)
        implements TypeInformation<T> {

    public SealedType {
        typeArguments = List.copyOf(typeArguments);
        if (!sealedClass.isSealed()) {
            throw new IllegalArgumentException(sealedClass.getName() + " is not sealed");
        }
    }

    /** The concrete members sorted by class name; members of sealed members stand in their place. */
    public List<TypeInformation<?>> members() {
        return SealedMembers.of(this);
    }

    @Override
    public Class<T> getTypeClass() {
        return sealedClass;
    }

    @Override
    public String describe() {
        return TypeNames.of(sealedClass, typeArguments);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.sealed(this);
    }
}
