package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.KeyHasher;
import java.util.Arrays;

/** Long keys as primitives: no object per key for the garbage collector to look at. */
final class LongKeyIndex extends KeyIndex<Long> {
    private final KeyHasher<Long> hasher;
    private long[] keys = new long[16];

    LongKeyIndex(KeyHasher<Long> hasher, int expectedKeys) {
        super(expectedKeys);
        this.hasher = hasher;
    }

    @Override
    protected boolean holds(int entry, Long key) {
        return keys[entry] == key;
    }

    @Override
    protected void store(int entry, Long key) {
        if (entry >= keys.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        keys[entry] = key;
    }

    @Override
    protected void forget(int entry) {
        keys[entry] = 0;
    }

    @Override
    Long key(int entry) {
        return keys[entry];
    }

    @Override
    protected int hash(int entry) {
        return hasher.hash(keys[entry]);
    }
}
