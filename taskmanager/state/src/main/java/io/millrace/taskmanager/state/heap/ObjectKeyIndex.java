package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.KeyHasher;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys of any type, by reference. */
final class ObjectKeyIndex<K> extends KeyIndex<K> {
    private final KeyHasher<K> hasher;
    private @Nullable Object[] keys = new Object[16];

    ObjectKeyIndex(KeyHasher<K> hasher, int expectedKeys) {
        super(expectedKeys);
        this.hasher = hasher;
    }

    @Override
    protected boolean holds(int entry, K key) {
        Object held = keys[entry];
        return held == key || hasher.equal(key(entry), key);
    }

    @Override
    protected void store(int entry, K key) {
        if (entry >= keys.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        keys[entry] = key;
    }

    @Override
    protected void forget(int entry) {
        keys[entry] = null;
    }

    @Override
    @SuppressWarnings("unchecked")
    K key(int entry) {
        return (K) java.util.Objects.requireNonNull(keys[entry]);
    }

    @Override
    protected int hash(int entry) {
        return hasher.hash(key(entry));
    }
}
