package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.taskmanager.state.entries.KeyReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one operator in one subtask, and the cursor on the current one. A key has an entry while a state or timer
 * of it is there; the entry is looked up once per record, however many states the record touches.
 */
final class HeapKeyTable<K> implements KeyReader {
    private static final int UNRESOLVED = -2;

    private final KeyHasher<K> hasher;
    private final TypeSerializer<K> keySerializer;
    private final KeyIndex<K> index;
    /** How many states and timers an entry has. */
    private int[] uses = new int[16];

    private @Nullable K currentKey;
    private int currentHash;
    private boolean hashed;
    private int currentEntry = KeyIndex.ABSENT;

    HeapKeyTable(Class<K> keyClass, KeyHasher<K> hasher, TypeSerializer<K> keySerializer) {
        this.hasher = hasher;
        this.keySerializer = keySerializer;
        this.index = newIndex(keyClass, hasher, 0);
    }

    @SuppressWarnings("unchecked")
    static <K> KeyIndex<K> newIndex(Class<K> keyClass, KeyHasher<K> hasher, int expectedKeys) {
        return keyClass == Long.class
                ? (KeyIndex<K>) new LongKeyIndex((KeyHasher<Long>) hasher, expectedKeys)
                : new ObjectKeyIndex<>(hasher, expectedKeys);
    }

    void setCurrentKey(K key) {
        releaseIfUnused();
        currentKey = key;
        hashed = false;
        currentEntry = UNRESOLVED;
    }

    @Override
    public void readAside(Runnable reading) {
        K before = currentKey;
        try {
            reading.run();
        } finally {
            leaveCurrentKey();
            if (before != null) {
                setCurrentKey(before);
            }
        }
    }

    void leaveCurrentKey() {
        releaseIfUnused();
        currentKey = null;
        currentEntry = KeyIndex.ABSENT;
    }

    /** Makes the key of an entry in use the current one. */
    void setCurrentEntry(int entry) {
        if (entry != currentEntry) {
            releaseIfUnused();
            currentKey = index.key(entry);
            hashed = false;
            currentEntry = entry;
        }
    }

    K currentKey() {
        K key = currentKey;
        if (key == null) {
            throw new IllegalStateException("There is no current key outside the processing of a record or timer");
        }
        return key;
    }

    @Override
    public int currentHash() {
        if (!hashed) {
            currentHash = hasher.hash(currentKey());
            hashed = true;
        }
        return currentHash;
    }

    /** The current key's entry, or {@link KeyIndex#ABSENT}. */
    int entry() {
        if (currentEntry == UNRESOLVED) {
            currentEntry = index.find(currentKey(), currentHash());
        }
        return currentEntry;
    }

    /** The current key's entry, made if there is none. */
    int entryForWrite() {
        int entry = entry();
        if (entry == KeyIndex.ABSENT) {
            entry = index.insert(keySerializer.copy(currentKey()), currentHash());
            currentEntry = entry;
            if (entry >= uses.length) {
                uses = Arrays.copyOf(uses, Column.grownLength(uses.length, entry));
            }
            uses[entry] = 0;
        }
        return entry;
    }

    /** Entry numbers are below this. */
    int limit() {
        return index.entryLimit();
    }

    /** Appends the key of an entry in use. */
    void writeKey(int entry, BinaryWriter out) {
        keySerializer.serialize(index.key(entry), out);
    }

    @Override
    public void readCurrentKey(BinaryReader in) {
        setCurrentKey(keySerializer.deserialize(in));
    }

    /** Counts one more state or timer of an entry. */
    void retain(int entry) {
        uses[entry]++;
    }

    /** Counts one less; the entry goes when its key is no longer the current one. */
    void release(int entry) {
        uses[entry]--;
    }

    private void releaseIfUnused() {
        int entry = currentEntry;
        if (entry >= 0 && uses[entry] == 0) {
            index.remove(entry);
        }
    }

    int keyCount() {
        releaseIfUnused();
        if (currentEntry >= 0 && uses[currentEntry] == 0) {
            currentEntry = KeyIndex.ABSENT;
        }
        return index.size();
    }
}
