package io.millrace.taskmanager.state.heap;

import io.millrace.common.core.error.Check;
import java.util.Arrays;

/**
 * Finds the entry number of a key. Entry numbers are small, stable while the key is there, and reused afterwards, so
 * that columns and timers can be plain arrays.
 *
 * <p>Open addressing with linear probing and deletion by shifting back (Knuth, TAOCP vol. 3, 6.4, algorithm R). A slot
 * holds the key's hash in its upper half and its entry number plus one in its lower, so most mismatches are seen
 * without touching a key.
 */
abstract class KeyIndex<K> {
    static final int ABSENT = -1;
    /**
     * Spreads hashes whose low bits are alike, as those of one subtask's key groups are. 2^32 divided by the golden
     * ratio.
     */
    private static final int SPREAD = 0x9E3779B9;

    private static final int SMALLEST = 16;

    private long[] slots;
    private int shift;
    private int size;
    private int entryLimit;
    private int[] freeEntries = new int[8];
    private int freeCount;

    KeyIndex(int expectedKeys) {
        int capacity = SMALLEST;
        while (capacity < 2L * expectedKeys) {
            capacity <<= 1;
        }
        allocate(capacity);
    }

    private void allocate(int capacity) {
        slots = new long[capacity];
        shift = Integer.numberOfLeadingZeros(capacity) + 1;
    }

    /** Whether the key of {@code entry} equals {@code key} by content. */
    protected abstract boolean holds(int entry, K key);

    protected abstract void store(int entry, K key);

    protected abstract void forget(int entry);

    /** The key of an entry that is in use. */
    abstract K key(int entry);

    /** The hash under which {@code entry} was inserted. */
    protected abstract int hash(int entry);

    /** Number of keys. */
    final int size() {
        return size;
    }

    /** Entry numbers are below this; those of removed keys included. */
    final int entryLimit() {
        return entryLimit;
    }

    /** The entry of {@code key}, or {@link #ABSENT}. */
    final int find(K key, int hash) {
        long[] table = slots;
        int mask = table.length - 1;
        int at = position(hash);
        for (long slot = table[at]; slot != 0; slot = table[at]) {
            if ((int) (slot >>> 32) == hash && holds((int) slot - 1, key)) {
                return (int) slot - 1;
            }
            at = (at + 1) & mask;
        }
        return ABSENT;
    }

    /** Adds a key that is not there. */
    final int insert(K key, int hash) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        int entry = freeCount > 0 ? freeEntries[--freeCount] : entryLimit++;
        store(entry, key);
        place(hash, entry);
        size++;
        return entry;
    }

    /** Removes the key of {@code entry}, which is in use. */
    final void remove(int entry) {
        int mask = slots.length - 1;
        int hole = positionOf(entry);
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            long slot = slots[at];
            if (slot == 0) {
                break;
            }
            int home = position((int) (slot >>> 32));
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                slots[hole] = slot;
                hole = at;
            }
        }
        slots[hole] = 0;
        forget(entry);
        if (freeCount == freeEntries.length) {
            freeEntries = Arrays.copyOf(freeEntries, 2 * freeCount);
        }
        freeEntries[freeCount++] = entry;
        size--;
    }

    private int positionOf(int entry) {
        int mask = slots.length - 1;
        int at = position(hash(entry));
        while ((int) slots[at] != entry + 1) {
            Check.invariant(slots[at] != 0, "a removed entry is in the index");
            at = (at + 1) & mask;
        }
        return at;
    }

    private int position(int hash) {
        return (hash * SPREAD) >>> shift;
    }

    private void place(int hash, int entry) {
        int mask = slots.length - 1;
        int at = position(hash);
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = (long) hash << 32 | (entry + 1);
    }

    private void grow() {
        long[] old = slots;
        Check.invariant(old.length < 1 << 30, "an operator's subtask has fewer than 2^29 keys");
        allocate(2 * old.length);
        for (long slot : old) {
            if (slot != 0) {
                place((int) (slot >>> 32), (int) slot - 1);
            }
        }
    }
}
