package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import java.util.ArrayDeque;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the current key's map: first what was cached when it began, then what only the database had then. Like
 * the iterators of Java's maps it fails when the map changes meanwhile.
 */
final class MapEntries<K, U, V, R> implements Iterator<R> {
    private final RocksMapState<K, U, V> map;
    private final BiFunction<U, @Nullable V, R> view;
    private final long keyChanges;
    /** Every key that was cached; the database counts only for others. */
    private final Set<Object> cached = new HashSet<>();
    /** Those of them that have a value. */
    private final Queue<U> present = new ArrayDeque<>();

    private final Scan scan;
    private final int prefix;
    private final BinaryReader in = new BinaryReader();

    private @Nullable U next;
    private @Nullable U last;
    /** The value of the next one, if it is not cached. */
    private @Nullable V nextStored;

    private boolean nextFromDatabase;
    private long changes;

    MapEntries(RocksMapState<K, U, V> map, BiFunction<U, @Nullable V, R> view) {
        this.map = map;
        this.view = view;
        this.keyChanges = map.cursor().changes();
        this.changes = map.changes();
        collectCached();
        byte[] key = map.cache().writePrefix(map.table());
        this.prefix = key.length;
        this.scan = map.cache().scan(key);
        map.cursor().own(scan);
        advance();
    }

    @SuppressWarnings("unchecked")
    private void collectCached() {
        Cells<K> cells = map.cache().cells();
        int head = map.head();
        if (head == Cells.NONE) {
            return;
        }
        for (int cell = cells.next(head); cell != head; cell = cells.next(cell)) {
            U part = (U) java.util.Objects.requireNonNull(cells.part(cell));
            cached.add(part);
            if (cells.values[cell] != CellCache.ABSENT) {
                present.add(part);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void advance() {
        nextStored = null;
        next = present.poll();
        nextFromDatabase = false;
        while (next == null && scan.next()) {
            byte[] key = scan.key();
            in.reset(key, prefix, key.length - prefix);
            U part = (U) map.table().readPart(in);
            if (!cached.contains(part)) {
                byte[] value = scan.value();
                in.reset(value, 0, value.length);
                next = part;
                nextStored = (V) map.table().readValue(in);
                nextFromDatabase = true;
            }
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public R next() {
        U key = next;
        if (key == null) {
            throw new NoSuchElementException();
        }
        checkUnchanged();
        R result = view.apply(key, value(key));
        last = key;
        advance();
        return result;
    }

    private @Nullable V value(U key) {
        int cell = nextFromDatabase ? map.cache().find(map.table(), key) : Cells.NONE;
        if (nextFromDatabase && cell == Cells.NONE) {
            return nextStored;
        }
        return map.get(key);
    }

    @Override
    public void remove() {
        U key = last;
        if (key == null) {
            throw new IllegalStateException("remove() goes after next(), once");
        }
        checkUnchanged();
        map.remove(key);
        last = null;
        changes = map.changes();
    }

    private void checkUnchanged() {
        if (changes != map.changes() || keyChanges != map.cursor().changes()) {
            throw new ConcurrentModificationException("the map state was changed while it was iterated over");
        }
    }
}
