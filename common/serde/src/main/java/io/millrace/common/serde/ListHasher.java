package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, element by element; equal to the hash of an array with the same elements. */
final class ListHasher extends KeyHasher<List<@Nullable Object>> {
    private final KeyHasher<Object> element;

    ListHasher(KeyHasher<Object> element) {
        this.element = element;
    }

    @Override
    public int hash(List<@Nullable Object> key) {
        int hash = key.size();
        for (Object each : key) {
            hash = KeyHash.combine(hash, ContentHash.hash(element, each));
        }
        return hash;
    }

    @Override
    public boolean equal(List<@Nullable Object> a, List<@Nullable Object> b) {
        boolean equal = a.size() == b.size();
        Iterator<@Nullable Object> left = a.iterator();
        Iterator<@Nullable Object> right = b.iterator();
        while (equal && left.hasNext() && right.hasNext()) {
            equal = ContentHash.equal(element, left.next(), right.next());
        }
        return equal;
    }
}
