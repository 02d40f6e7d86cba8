package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.MapState;
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A map per key, in the order in which its entries came; a key with an empty map has none. */
final class HeapMapState<K, U, V> implements MapState<U, V> {
    private final HeapKeyTable<K> table;
    private final MapCells<U, V> cells;

    HeapMapState(HeapKeyTable<K> table, Class<U> keyClass) {
        this.table = table;
        this.cells = new MapCells<>(keyClass);
    }

    private int find(@Nullable U key) {
        int entry = table.entry();
        return entry < 0 || key == null ? MapCells.NONE : cells.find(entry, key);
    }

    private int first() {
        int entry = table.entry();
        return entry < 0 ? MapCells.NONE : cells.first(entry);
    }

    private void remove(int entry, int cell) {
        if (cells.remove(cell)) {
            table.release(entry);
        }
    }

    @Override
    public @Nullable V get(U key) {
        int cell = find(key);
        return cell == MapCells.NONE ? null : cells.value(cell);
    }

    @Override
    public void put(U key, V value) {
        NullInState.check(key, "MapState.put");
        int entry = table.entryForWrite();
        if (cells.put(entry, key, value)) {
            table.retain(entry);
        }
    }

    @Override
    public void putAll(Map<U, V> entries) {
        entries.forEach(this::put);
    }

    @Override
    public void remove(U key) {
        int cell = find(key);
        if (cell != MapCells.NONE) {
            remove(table.entry(), cell);
        }
    }

    @Override
    public boolean contains(U key) {
        return find(key) != MapCells.NONE;
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new CellIterator<>(cells::key);
    }

    @Override
    public Iterable<V> values() {
        return () -> new CellIterator<>(cells::value);
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return new CellIterator<>(CellEntry::new);
    }

    @Override
    public boolean isEmpty() {
        return first() == MapCells.NONE;
    }

    @Override
    public void clear() {
        int entry = table.entry();
        for (int cell = first(); cell != MapCells.NONE; cell = cells.first(entry)) {
            remove(entry, cell);
        }
    }

    /** Goes through the current key's cells. Like those of Java's maps it fails when the map changes meanwhile. */
    private final class CellIterator<R> implements Iterator<R> {
        private final IntFunction<R> view;
        private final int entry = table.entry();
        private int next = first();
        private int last = MapCells.NONE;
        private long changes = cells.changes();

        CellIterator(IntFunction<R> view) {
            this.view = view;
        }

        @Override
        public boolean hasNext() {
            return next != MapCells.NONE;
        }

        @Override
        public R next() {
            if (next == MapCells.NONE) {
                throw new NoSuchElementException();
            }
            checkUnchanged();
            last = next;
            next = cells.next(last);
            return view.apply(last);
        }

        @Override
        public void remove() {
            if (last == MapCells.NONE) {
                throw new IllegalStateException("remove() goes after next(), once");
            }
            checkUnchanged();
            HeapMapState.this.remove(entry, last);
            last = MapCells.NONE;
            changes = cells.changes();
        }

        private void checkUnchanged() {
            if (changes != cells.changes()) {
                throw new ConcurrentModificationException("the map state was changed while it was iterated over");
            }
        }
    }

    /** An entry that writes through, while the key it belongs to is the current one. */
    private final class CellEntry extends AbstractMap.SimpleEntry<U, V> {
        private static final long serialVersionUID = 1;

        private final int entry = table.entry();

        CellEntry(int cell) {
            super(cells.key(cell), cells.value(cell));
        }

        @Override
        public V setValue(V value) {
            int cell = table.entry() == entry ? find(getKey()) : MapCells.NONE;
            if (cell == MapCells.NONE) {
                throw new ConcurrentModificationException("the map state no longer has this entry");
            }
            cells.setValue(cell, value);
            return super.setValue(value);
        }
    }
}
