package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.state.MapState;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.ValueReader;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map per key, a cell per entry, in no particular order. The cached cells of one map form a ring, so that whoever
 * goes through it finds those that the database lacks.
 */
final class RocksMapState<K, U, V> implements MapState<U, V>, RestoredEntries {
    private final KeyCursor<K> cursor;
    private final CellCache<K> cache;
    private final CellTable table;
    /** The heads of the rings are cells of a table that the database never sees. */
    private final CellTable heads;

    /** Read what a snapshot has. */
    private final ValueReader<U> keys;

    private final ValueReader<V> values;
    private long changes;

    RocksMapState(KeyCursor<K> cursor, CellCache<K> cache, int number, Coding<U> keys, Coding<V> values) {
        this.cursor = cursor;
        this.cache = cache;
        this.table = new CellTable(number, Layout.KEYED, values.serializer(), keys.serializer());
        this.heads = new CellTable(-number, Layout.KEYED, values.serializer(), null);
        this.keys = keys.restored();
        this.values = values.restored();
    }

    KeyCursor<K> cursor() {
        return cursor;
    }

    CellCache<K> cache() {
        return cache;
    }

    CellTable table() {
        return table;
    }

    /** Counts entries that came and went while somebody went through a map. */
    long changes() {
        return changes;
    }

    /** The head of the current key's ring, or {@link Cells#NONE}. */
    int head() {
        return cache.find(heads, null);
    }

    private int linked(int cell) {
        if (cache.cells().isAlone(cell)) {
            Cells<K> cells = cache.cells();
            int head = head();
            if (head == Cells.NONE) {
                head = cells.insert(heads, cursor.copiedKey(), cursor.currentHash(), null);
                cells.values[head] = Cells.HEAD;
            }
            cells.link(head, cell);
        }
        return cell;
    }

    private int load(U key) {
        return linked(cache.load(table, key));
    }

    private void set(U key, @Nullable Object value) {
        if (cursor.hasScans()) {
            int cell = load(key);
            if ((cache.get(cell) == CellCache.ABSENT) != (value == CellCache.ABSENT)) {
                changes++;
            }
            cache.set(cell, value);
        } else {
            cache.set(linked(cache.forWrite(table, key)), value);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(@Nullable U key) {
        if (key == null) {
            return null;
        }
        Object value = cache.get(load(key));
        return value == CellCache.ABSENT ? null : (V) value;
    }

    @Override
    public void put(U key, V value) {
        NullInState.check(key, "MapState.put");
        set(key, value);
    }

    @Override
    public void putAll(Map<U, V> entries) {
        entries.forEach(this::put);
    }

    @Override
    public void remove(@Nullable U key) {
        if (key != null) {
            set(key, CellCache.ABSENT);
        }
    }

    @Override
    public boolean contains(@Nullable U key) {
        return key != null && cache.get(load(key)) != CellCache.ABSENT;
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new MapEntries<>(this, (key, value) -> key);
    }

    @Override
    public Iterable<V> values() {
        return () -> new MapEntries<>(this, (key, value) -> value);
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return new MapEntries<>(this, (key, value) -> new MapEntry<>(this, key, value));
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    @Override
    public void clear() {
        Iterator<U> all = keys().iterator();
        while (all.hasNext()) {
            all.next();
            all.remove();
        }
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        U key = keys.read(in);
        if (!header.removals()) {
            Object value = in.readBoolean() ? values.read(in) : null;
            if (taken) {
                set(key, value);
            }
        } else if (taken) {
            remove(key);
        }
    }
}
