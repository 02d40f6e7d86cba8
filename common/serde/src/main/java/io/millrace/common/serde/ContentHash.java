package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import org.jspecify.annotations.Nullable;

/** Hash and equality of parts that may be null. */
final class ContentHash {

    private ContentHash() {}

    static int hash(KeyHasher<Object> hasher, @Nullable Object part) {
        return part == null ? KeyHash.OF_NULL : hasher.hash(part);
    }

    static boolean equal(KeyHasher<Object> hasher, @Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? a == b : hasher.equal(a, b);
    }
}
