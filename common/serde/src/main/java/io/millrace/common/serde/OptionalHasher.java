package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.util.Optional;

/** Optionals: as a list of one, or as null. */
final class OptionalHasher extends KeyHasher<Optional<Object>> {
    private final KeyHasher<Object> element;

    OptionalHasher(KeyHasher<Object> element) {
        this.element = element;
    }

    @Override
    public int hash(Optional<Object> key) {
        return key.isPresent() ? KeyHash.combine(1, element.hash(key.get())) : KeyHash.OF_NULL;
    }

    @Override
    public boolean equal(Optional<Object> a, Optional<Object> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || element.equal(a.get(), b.get()));
    }
}
