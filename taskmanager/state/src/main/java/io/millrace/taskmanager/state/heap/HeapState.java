package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.State;
import org.jspecify.annotations.Nullable;

/** A column of the operator's key table, read and written at the current key. */
abstract class HeapState<K, V> implements State {
    private final HeapKeyTable<K> table;
    private final Column<V> column;

    HeapState(HeapKeyTable<K> table, Column<V> column) {
        this.table = table;
        this.column = column;
    }

    final @Nullable V stored() {
        int entry = table.entry();
        return entry < 0 ? null : column.get(entry);
    }

    final void store(V value) {
        int entry = table.entryForWrite();
        if (column.set(entry, value)) {
            table.retain(entry);
        }
    }

    @Override
    public final void clear() {
        int entry = table.entry();
        if (entry >= 0 && column.clear(entry)) {
            table.release(entry);
        }
    }
}
