package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;

/** Keys for tests: hashes can be made to collide. */
final class Keys {

    private Keys() {}

    /** A backend with text keys of which only {@code distinctHashes} hashes are told apart. */
    static HeapKeyedStateBackend<String> textKeys(int distinctHashes) {
        return new HeapKeyedStateBackend<>(
                new BasicType<>(String.class), new ModuloHasher<>(distinctHashes), new KeepingSerializer<>());
    }

    /** A backend with long keys. */
    static HeapKeyedStateBackend<Long> longKeys(int distinctHashes) {
        return new HeapKeyedStateBackend<>(
                new BasicType<>(Long.class), new ModuloHasher<>(distinctHashes), new KeepingSerializer<>());
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

    /** Keys of these tests never change and are never written. */
    private static final class KeepingSerializer<K> extends TypeSerializer<K> {
        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public K copy(K value) {
            return value;
        }

        @Override
        public void serialize(K value, BinaryWriter out) {
            throw new AssertionError("keys are not written here");
        }

        @Override
        public K deserialize(BinaryReader in) {
            throw new AssertionError("keys are not read here");
        }
    }
}
