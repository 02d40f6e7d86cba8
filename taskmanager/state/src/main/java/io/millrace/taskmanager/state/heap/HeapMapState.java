package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.MapState;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A map per key, in the order in which its entries came; a key with an empty map has none. */
final class HeapMapState<K, U, V> implements MapState<U, V>, TrackedState {
    private final HeapKeyTable<K> table;
    private final MapCells<U, V> cells;
    private final TypeSerializer<U> keySerializer;
    private final TypeSerializer<V> valueSerializer;
    /** Read what a snapshot has. */
    private final ValueReader<U> keys;

    private final ValueReader<V> values;
    private @Nullable TableTracker tracker;

    HeapMapState(HeapKeyTable<K> table, Class<U> keyClass, Coding<U> keys, Coding<V> values) {
        this.table = table;
        this.cells = new MapCells<>(keyClass, values.serializer().isImmutableType());
        this.keys = keys.restored();
        this.values = values.restored();
        this.keySerializer = keys.serializer();
        this.valueSerializer = values.serializer();
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
        put(table.entryForWrite(), key, value);
    }

    private void put(int entry, U key, @Nullable V value) {
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

    @Override
    public void addTrackers(TableName name, Consumer<TableTracker> trackers) {
        TableTracker known = tracker;
        if (known == null) {
            known = new TableTracker(name, 0, new CellEntries());
            tracker = known;
            cells.track(known);
        }
        trackers.accept(known);
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        U key = keys.read(in);
        if (!header.removals()) {
            V value = in.readBoolean() ? values.read(in) : null;
            if (taken) {
                put(table.entryForWrite(), key, value);
            }
        } else if (taken) {
            remove(key);
        }
    }

    /** The cells of all keys, as snapshots see them. */
    private final class CellEntries implements TrackedEntries {
        @Override
        public int limit() {
            return cells.limit();
        }

        @Override
        public boolean isPresent(int cell) {
            return cells.isPresent(cell);
        }

        @Override
        public void write(int cell, BinaryWriter out) {
            writeKey(cell, out);
            V value = cells.peek(cell);
            out.writeBoolean(value != null);
            if (value != null) {
                valueSerializer.serialize(value, out);
            }
        }

        @Override
        public void writeKey(int cell, BinaryWriter out) {
            table.writeKey(cells.entry(cell), out);
            keySerializer.serialize(cells.key(cell), out);
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
