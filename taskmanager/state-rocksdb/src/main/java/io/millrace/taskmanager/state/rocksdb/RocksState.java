package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.state.State;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.ValueReader;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import org.jspecify.annotations.Nullable;

/** One cell per key, read and written at the current key. A record looks it up once. */
abstract class RocksState<K, V> implements State, RestoredEntries {
    private final KeyCursor<K> cursor;
    private final CellCache<K> cache;
    private final CellTable table;
    private final ValueReader<V> restored;

    private int recent = Cells.NONE;
    private long recentKey = -1;
    private long recentEvictions;

    RocksState(KeyCursor<K> cursor, CellCache<K> cache, CellTable table, Coding<V> coding) {
        this.cursor = cursor;
        this.cache = cache;
        this.table = table;
        this.restored = coding.restored();
    }

    private boolean knowsCell() {
        return recentKey == cursor.changes() && recentEvictions == cache.evictions();
    }

    private int remember(int cell) {
        recent = cell;
        recentKey = cursor.changes();
        recentEvictions = cache.evictions();
        return cell;
    }

    @SuppressWarnings("unchecked")
    final @Nullable V stored() {
        int cell = knowsCell() ? recent : remember(cache.load(table, null));
        Object value = cache.get(cell);
        return value == CellCache.ABSENT ? null : (V) value;
    }

    final void store(V value) {
        cache.set(knowsCell() ? recent : remember(cache.forWrite(table, null)), value);
    }

    @Override
    public final void clear() {
        cache.set(knowsCell() ? recent : remember(cache.forWrite(table, null)), CellCache.ABSENT);
    }

    @Override
    public final void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        if (!header.removals()) {
            V value = restored.read(in);
            if (taken) {
                store(value);
            }
        } else if (taken) {
            clear();
        }
    }
}
