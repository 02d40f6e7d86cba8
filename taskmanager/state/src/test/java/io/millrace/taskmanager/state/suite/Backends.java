package io.millrace.taskmanager.state.suite;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.KeyHasher;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.StateOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends of one kind for a test, which closes them with this. Hashes of keys can be made to collide. */
public final class Backends implements AutoCloseable {
    public static final int GROUPS = 128;

    private static final AtomicInteger OWNERS = new AtomicInteger();

    private final KeyedStateFactory factory;
    private final List<KeyedStateBackend<?>> made = new ArrayList<>();

    public Backends(KeyedStateFactory factory) {
        this.factory = factory;
    }

    /** A backend with text keys of which only {@code distinctHashes} hashes are told apart. */
    public KeyedStateBackend<String> textKeys(int distinctHashes) {
        return textKeys(distinctHashes, KeyGroups.all(GROUPS), RestoredState.NONE);
    }

    /** A backend with text keys that goes on from a snapshot. */
    public KeyedStateBackend<String> textKeys(int distinctHashes, KeyGroups groups, RestoredState restored) {
        return kept(factory.create(new KeyedStateRequest<>(
                owner(),
                new BasicType<>(String.class),
                new ModuloHasher<>(distinctHashes),
                PlainSerializers.INSTANCE,
                groups,
                restored)));
    }

    /** A backend with long keys. */
    public KeyedStateBackend<Long> longKeys(int distinctHashes) {
        return kept(factory.create(new KeyedStateRequest<>(
                owner(),
                new BasicType<>(Long.class),
                new ModuloHasher<>(distinctHashes),
                PlainSerializers.INSTANCE,
                KeyGroups.all(GROUPS),
                RestoredState.NONE)));
    }

    private StateOwner owner() {
        return new StateOwner("job", 1, 1, OWNERS.incrementAndGet(), 0);
    }

    private <K> KeyedStateBackend<K> kept(KeyedStateBackend<K> backend) {
        made.add(backend);
        return backend;
    }

    /** More of the same kind, to be closed earlier. */
    Backends more() {
        return new Backends(factory);
    }

    @Override
    public void close() {
        made.forEach(KeyedStateBackend::close);
        made.clear();
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
