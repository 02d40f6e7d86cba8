package io.millrace.api.types;

import java.util.Optional;

/** An {@link Optional}. */
public record OptionalType<E>(TypeInformation<E> element) implements TypeInformation<Optional<E>> {

    @Override
    @SuppressWarnings("unchecked") // a class literal has no type arguments
    public Class<Optional<E>> getTypeClass() {
        return (Class<Optional<E>>) (Class<?>) Optional.class;
    }

    @Override
    public String describe() {
        return "Optional<" + element.describe() + ">";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.optional(this);
    }
}
