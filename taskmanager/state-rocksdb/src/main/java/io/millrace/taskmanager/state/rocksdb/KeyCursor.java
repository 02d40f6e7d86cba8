package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.entries.KeyReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current key of one operator in one subtask. */
final class KeyCursor<K> implements KeyReader {
    private final KeyHasher<K> hasher;
    private final TypeSerializer<K> serializer;
    private final int maxParallelism;
    /** Scans over what the current key has: of no use when another one is. */
    private final List<Scan> scans = new ArrayList<>();

    private @Nullable K key;
    private int hash;
    private boolean hashed;
    private long changes;

    KeyCursor(KeyHasher<K> hasher, TypeSerializer<K> serializer, KeyGroups groups) {
        this.hasher = hasher;
        this.serializer = serializer;
        this.maxParallelism = groups.maxParallelism();
    }

    void set(K next) {
        key = next;
        hashed = false;
        changes++;
        if (!scans.isEmpty()) {
            closeScans();
        }
    }

    private void closeScans() {
        scans.forEach(Scan::close);
        scans.clear();
    }

    /** Has a scan closed when another key becomes the current one. */
    void own(Scan scan) {
        scans.removeIf(Scan::isClosed);
        scans.add(scan);
    }

    boolean hasScans() {
        return !scans.isEmpty();
    }

    /** Counts how often the current key became another. */
    long changes() {
        return changes;
    }

    K key() {
        K current = key;
        if (current == null) {
            throw new IllegalStateException("There is no current key outside the processing of a record or timer");
        }
        return current;
    }

    /** The current key, for one who keeps it. */
    K copiedKey() {
        return serializer.copy(key());
    }

    boolean equal(K a, K b) {
        return a == b || hasher.equal(a, b);
    }

    TypeSerializer<K> serializer() {
        return serializer;
    }

    int group(int keyHash) {
        return (keyHash & Integer.MAX_VALUE) % maxParallelism;
    }

    int hash(K other) {
        return hasher.hash(other);
    }

    @Override
    public int currentHash() {
        if (!hashed) {
            hash = hasher.hash(key());
            hashed = true;
        }
        return hash;
    }

    @Override
    public void readCurrentKey(BinaryReader in) {
        set(serializer.deserialize(in));
    }

    @Override
    public void readAside(Runnable reading) {
        K before = key;
        try {
            reading.run();
        } finally {
            leaveCurrentKey();
            if (before != null) {
                set(before);
            }
        }
    }

    void leaveCurrentKey() {
        key = null;
        changes++;
        closeScans();
    }
}
