package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.KeyHasher;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredState;

/** Keys for tests: hashes can be made to collide. */
final class Keys {

    private Keys() {}

    static final int GROUPS = 128;

    /** A backend with text keys of which only {@code distinctHashes} hashes are told apart. */
    static HeapKeyedStateBackend<String> textKeys(int distinctHashes) {
        return textKeys(distinctHashes, KeyGroups.all(GROUPS), RestoredState.NONE);
    }

    /** A backend with text keys that goes on from a snapshot. */
    static HeapKeyedStateBackend<String> textKeys(int distinctHashes, KeyGroups groups, RestoredState restored) {
        return new HeapKeyedStateBackend<>(
                new BasicType<>(String.class),
                new ModuloHasher<>(distinctHashes),
                PlainSerializers.INSTANCE,
                groups,
                restored);
    }

    /** A backend with long keys. */
    static HeapKeyedStateBackend<Long> longKeys(int distinctHashes) {
        return new HeapKeyedStateBackend<>(
                new BasicType<>(Long.class),
                new ModuloHasher<>(distinctHashes),
                PlainSerializers.INSTANCE,
                KeyGroups.all(GROUPS),
                RestoredState.NONE);
    }

    private static final class ModuloHasher<K> extends KeyHasher<K> {
        private final int distinctHashes;

        ModuloHasher(int distinctHashes) {
            this.distinctHashes = distinctHashes;
        }

        @Override
        public int hash(K key) {
            return Math.floorMod(key.hashCode(), distinctHashes);
        }

        @Override
        public boolean equal(K a, K b) {
            return a.equals(b);
        }
    }
}
