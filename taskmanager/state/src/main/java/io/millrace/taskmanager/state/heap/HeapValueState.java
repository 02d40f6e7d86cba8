package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.ValueState;
import io.millrace.taskmanager.state.entries.Coding;
import org.jspecify.annotations.Nullable;

/** One value per key. */
final class HeapValueState<K, T> extends HeapState<K, T> implements ValueState<T> {

    HeapValueState(HeapKeyTable<K> table, Column<T> column, Coding<T> coding) {
        super(table, column, coding);
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
