package io.millrace.taskmanager.state.rocksdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cached cells of all states of an operator, in parallel arrays by small numbers, found by an open-addressing
 * table. A cell may be a link of a ring: the cells of one map, or of one slice of time, with a head that holds nothing.
 *
 * <p>Linear probing, deletion by shifting back (Knuth, TAOCP vol. 3, 6.4, algorithm R).
 */
final class Cells<K> {
    static final int NONE = -1;
    /** Stands for the head of a ring, which no search finds. */
    static final Object HEAD = new Object();

    private static final int SPREAD = 0x9E3779B9;
    private static final int SMALLEST = 64;

    private final KeyCursor<K> cursor;

    /** Hash in the upper half, cell plus one in the lower; 0 is empty. */
    private long[] slots = new long[2 * SMALLEST];

    private int shift = Integer.numberOfLeadingZeros(2 * SMALLEST) + 1;

    private @Nullable CellTable[] tables = new CellTable[SMALLEST];
    private @Nullable Object[] keys = new Object[SMALLEST];
    private @Nullable Object[] parts = new Object[SMALLEST];

    @Nullable
    Object[] values = new Object[SMALLEST];

    private int[] hashes = new int[SMALLEST];
    private int[] keyHashes = new int[SMALLEST];
    int[] weights = new int[SMALLEST];
    private int[] next = new int[SMALLEST];
    private int[] previous = new int[SMALLEST];
    /** Whether a cell was of use since the clock's hand passed. */
    boolean[] used = new boolean[SMALLEST];

    private int limit;
    private int firstFree = NONE;
    private int indexed;

    Cells(KeyCursor<K> cursor) {
        this.cursor = cursor;
    }

    /** Numbers of cells are below this. */
    int limit() {
        return limit;
    }

    boolean isUsed(int cell) {
        return tables[cell] != null;
    }

    CellTable table(int cell) {
        return java.util.Objects.requireNonNull(tables[cell]);
    }

    @SuppressWarnings("unchecked")
    K key(int cell) {
        return (K) java.util.Objects.requireNonNull(keys[cell]);
    }

    @Nullable
    Object part(int cell) {
        return parts[cell];
    }

    int keyHash(int cell) {
        return keyHashes[cell];
    }

    static int hash(CellTable table, int keyHash, @Nullable Object part) {
        int hash = keyHash + table.number() * SPREAD;
        if (part != null) {
            hash = (hash ^ (part.hashCode() * 0x7FEB352D)) * 0x846CA68B;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    int find(CellTable table, K key, int hash, @Nullable Object part) {
        long[] all = slots;
        int mask = all.length - 1;
        int at = (hash * SPREAD) >>> shift;
        for (long slot = all[at]; slot != 0; slot = all[at]) {
            int cell = (int) slot - 1;
            if ((int) (slot >>> 32) == hash
                    && tables[cell] == table
                    && cursor.equal(key(cell), key)
                    && (part == null || part.equals(parts[cell]))) {
                used[cell] = true;
                return cell;
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    /** Adds a cell that is not there. What is given is kept. */
    int insert(CellTable table, K key, int keyHash, @Nullable Object part) {
        int cell = allocate();
        tables[cell] = table;
        keys[cell] = key;
        parts[cell] = part;
        keyHashes[cell] = keyHash;
        hashes[cell] = hash(table, keyHash, part);
        next[cell] = cell;
        previous[cell] = cell;
        used[cell] = true;
        if (2 * (indexed + 1) > slots.length) {
            grow();
        }
        indexed++;
        place(cell);
        return cell;
    }

    /** Adds the head of an empty ring that only its number leads to. */
    int newHead(CellTable table) {
        int cell = allocate();
        tables[cell] = table;
        values[cell] = HEAD;
        next[cell] = cell;
        previous[cell] = cell;
        return cell;
    }

    /** Whether a search finds it. */
    boolean isIndexed(int cell) {
        return keys[cell] != null;
    }

    void freeHead(int cell) {
        free(cell);
    }

    void link(int head, int cell) {
        int last = previous[head];
        next[last] = cell;
        previous[cell] = last;
        next[cell] = head;
        previous[head] = cell;
    }

    /** The cell after this one in its ring; the head follows the last. */
    int next(int cell) {
        return next[cell];
    }

    boolean isAlone(int cell) {
        return next[cell] == cell;
    }

    void remove(int cell) {
        int mask = slots.length - 1;
        int hole = (hashes[cell] * SPREAD) >>> shift;
        while ((int) slots[hole] != cell + 1) {
            hole = (hole + 1) & mask;
        }
        for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int home = ((int) (slots[at] >>> 32) * SPREAD) >>> shift;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
        indexed--;
        next[previous[cell]] = next[cell];
        previous[next[cell]] = previous[cell];
        free(cell);
    }

    private void free(int cell) {
        tables[cell] = null;
        keys[cell] = null;
        parts[cell] = null;
        values[cell] = null;
        weights[cell] = 0;
        next[cell] = firstFree;
        firstFree = cell;
    }

    private int allocate() {
        int cell = firstFree;
        if (cell != NONE) {
            firstFree = next[cell];
            return cell;
        }
        cell = limit++;
        if (cell == values.length) {
            int length = 2 * cell;
            tables = Arrays.copyOf(tables, length);
            keys = Arrays.copyOf(keys, length);
            parts = Arrays.copyOf(parts, length);
            values = Arrays.copyOf(values, length);
            hashes = Arrays.copyOf(hashes, length);
            keyHashes = Arrays.copyOf(keyHashes, length);
            weights = Arrays.copyOf(weights, length);
            next = Arrays.copyOf(next, length);
            previous = Arrays.copyOf(previous, length);
            used = Arrays.copyOf(used, length);
        }
        return cell;
    }

    private void place(int cell) {
        int mask = slots.length - 1;
        int at = (hashes[cell] * SPREAD) >>> shift;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = (long) hashes[cell] << 32 | (cell + 1);
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        shift--;
        for (long slot : old) {
            if (slot != 0) {
                place((int) slot - 1);
            }
        }
    }
}
