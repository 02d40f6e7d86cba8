package io.millrace.taskmanager.state.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The maps of all keys in one open-addressing table: a cell per key entry and map key, the cells of an entry linked in
 * the order in which they came. No map object per key, so a small map costs a cell and an empty one nothing, and a
 * lookup goes through three arrays in place of a chain of objects.
 *
 * <p>Linear probing, deletion by shifting back (Knuth, TAOCP vol. 3, 6.4, algorithm R).
 */
final class MapCells<U, V> {
    static final int NONE = -1;

    /** A cell's links are four numbers, so they lie in one cache line. */
    private static final int STRIDE = 4;

    private static final int ENTRY = 0;
    private static final int HASH = 1;
    private static final int NEXT = 2;
    private static final int PREVIOUS = 3;

    private final MapKeys<U> keys;
    private int[] links = new int[16 * STRIDE];
    private @Nullable Object[] values = new Object[16];
    private int limit;
    private int firstFree = NONE;
    private int size;

    /** Cell plus one by hash of entry and map key; 0 is empty. */
    private int[] buckets = new int[32];

    /** Per entry its first and last cell plus one; 0 is none. */
    private int[] ends = new int[32];

    /** Counts what was added and removed. */
    private long changes;

    private final boolean immutableValues;
    private @Nullable TableTracker tracker;

    /** @param immutableValues whether nothing that is handed out can be changed in place */
    MapCells(Class<U> keyClass, boolean immutableValues) {
        this.keys = MapKeys.of(keyClass);
        this.immutableValues = immutableValues;
    }

    /** From now on {@code trackedBy} is told of every change. */
    void track(TableTracker trackedBy) {
        tracker = trackedBy;
    }

    /** Numbers of cells are below this. */
    int limit() {
        return limit;
    }

    boolean isPresent(int cell) {
        return links[STRIDE * cell + ENTRY] != NONE;
    }

    /** The entry that a cell belongs to. */
    int entry(int cell) {
        return links[STRIDE * cell + ENTRY];
    }

    /** The value of a cell, for one who only looks at it. */
    @SuppressWarnings("unchecked")
    @Nullable
    V peek(int cell) {
        return (V) values[cell];
    }

    int find(int entry, U key) {
        return buckets[bucketOf(entry, key, hash(entry, key))] - 1;
    }

    /** The entry's first cell, or {@link #NONE}. */
    int first(int entry) {
        return 2 * entry < ends.length ? ends[2 * entry] - 1 : NONE;
    }

    /** The cell after this one of the same entry, or {@link #NONE}. */
    int next(int cell) {
        return links[STRIDE * cell + NEXT];
    }

    U key(int cell) {
        return keys.get(cell);
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V value(int cell) {
        if (tracker != null && !immutableValues) {
            tracker.beforeHandOut(cell);
        }
        return (V) values[cell];
    }

    void setValue(int cell, @Nullable V value) {
        if (tracker != null) {
            tracker.beforeChange(cell);
        }
        // A list changed in place is put to itself: storing it again would only cost the collector.
        if (values[cell] != value) {
            values[cell] = value;
        }
    }

    long changes() {
        return changes;
    }

    /** Sets the value of a map key. @return whether it is the entry's first one */
    boolean put(int entry, U key, @Nullable V value) {
        int hash = hash(entry, key);
        int bucket = bucketOf(entry, key, hash);
        if (buckets[bucket] != 0) {
            setValue(buckets[bucket] - 1, value);
            return false;
        }
        changes++;
        size++;
        if (2 * size > buckets.length) {
            growBuckets();
            bucket = bucketOf(entry, key, hash);
        }
        int cell = allocate();
        if (tracker != null) {
            tracker.beforeChange(cell);
        }
        links[STRIDE * cell + ENTRY] = entry;
        links[STRIDE * cell + HASH] = hash;
        keys.set(cell, key);
        values[cell] = value;
        buckets[bucket] = cell + 1;
        return append(entry, cell);
    }

    /** Removes a cell. @return whether it was the entry's last one */
    boolean remove(int cell) {
        if (tracker != null) {
            tracker.beforeRemoval(cell);
        }
        changes++;
        size--;
        removeFromBuckets(cell);
        int entry = links[STRIDE * cell + ENTRY];
        int next = links[STRIDE * cell + NEXT];
        int previous = links[STRIDE * cell + PREVIOUS];
        if (previous == NONE) {
            ends[2 * entry] = next + 1;
        } else {
            links[STRIDE * previous + NEXT] = next;
        }
        if (next == NONE) {
            ends[2 * entry + 1] = previous + 1;
        } else {
            links[STRIDE * next + PREVIOUS] = previous;
        }
        keys.forget(cell);
        values[cell] = null;
        links[STRIDE * cell + ENTRY] = NONE;
        links[STRIDE * cell + NEXT] = firstFree;
        firstFree = cell;
        return previous == NONE && next == NONE;
    }

    private int allocate() {
        int cell = firstFree;
        if (cell != NONE) {
            firstFree = links[STRIDE * cell + NEXT];
            return cell;
        }
        cell = limit++;
        if (cell == values.length) {
            values = Arrays.copyOf(values, 2 * cell);
            links = Arrays.copyOf(links, 2 * STRIDE * cell);
        }
        links[STRIDE * cell + ENTRY] = NONE;
        return cell;
    }

    private boolean append(int entry, int cell) {
        if (2 * entry >= ends.length) {
            ends = Arrays.copyOf(ends, 2 * Column.grownLength(ends.length / 2, entry));
        }
        int last = ends[2 * entry + 1] - 1;
        links[STRIDE * cell + NEXT] = NONE;
        links[STRIDE * cell + PREVIOUS] = last;
        ends[2 * entry + 1] = cell + 1;
        if (last == NONE) {
            ends[2 * entry] = cell + 1;
        } else {
            links[STRIDE * last + NEXT] = cell;
        }
        return last == NONE;
    }

    // The hash table.

    private int hash(int entry, U key) {
        long mixed = ((long) entry << 32 ^ keys.hash(key)) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 29;
        return (int) ((mixed * 0xD6E8FEB86659FD93L) >>> 32);
    }

    /** The bucket of the cell of this entry and map key, or the empty one where it belongs. */
    private int bucketOf(int entry, U key, int hash) {
        int mask = buckets.length - 1;
        int at = hash & mask;
        while (buckets[at] != 0 && !isCell(buckets[at] - 1, entry, key, hash)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean isCell(int cell, int entry, U key, int hash) {
        return links[STRIDE * cell + HASH] == hash && links[STRIDE * cell + ENTRY] == entry && keys.holds(cell, key);
    }

    private void removeFromBuckets(int cell) {
        int mask = buckets.length - 1;
        int hole = links[STRIDE * cell + HASH] & mask;
        while (buckets[hole] != cell + 1) {
            hole = (hole + 1) & mask;
        }
        for (int at = (hole + 1) & mask; buckets[at] != 0; at = (at + 1) & mask) {
            int home = links[STRIDE * (buckets[at] - 1) + HASH] & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                buckets[hole] = buckets[at];
                hole = at;
            }
        }
        buckets[hole] = 0;
    }

    private void growBuckets() {
        int[] old = buckets;
        buckets = new int[2 * old.length];
        int mask = buckets.length - 1;
        for (int cell : old) {
            if (cell != 0) {
                int at = links[STRIDE * (cell - 1) + HASH] & mask;
                while (buckets[at] != 0) {
                    at = (at + 1) & mask;
                }
                buckets[at] = cell;
            }
        }
    }
}
