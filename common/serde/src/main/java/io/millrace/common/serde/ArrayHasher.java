package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import org.jspecify.annotations.Nullable;

/** Arrays of references, element by element. */
final class ArrayHasher extends KeyHasher<@Nullable Object[]> {
    private final KeyHasher<Object> element;

    ArrayHasher(KeyHasher<Object> element) {
        this.element = element;
    }

    @Override
    public int hash(@Nullable Object[] key) {
        int hash = key.length;
        for (Object each : key) {
            hash = KeyHash.combine(hash, ContentHash.hash(element, each));
        }
        return hash;
    }

    @Override
    public boolean equal(@Nullable Object[] a, @Nullable Object[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = ContentHash.equal(element, a[i], b[i]);
        }
        return equal;
    }
}
