package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.state.ValueState;
import io.millrace.taskmanager.state.entries.Coding;
import org.jspecify.annotations.Nullable;

/** One value per key. */
final class RocksValueState<K, T> extends RocksState<K, T> implements ValueState<T> {

    RocksValueState(KeyCursor<K> cursor, CellCache<K> cache, CellTable table, Coding<T> coding) {
        super(cursor, cache, table, coding);
    }

    @Override
    public @Nullable T value() {
        return stored();
    }

    @Override
    public void update(@Nullable T value) {
        if (value == null) {
            clear();
        } else {
            store(value);
        }
    }
}
