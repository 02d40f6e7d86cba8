package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.state.ListState;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A list per key; a key with an empty list has none. */
final class RocksListState<K, T> extends RocksState<K, List<T>> implements ListState<T> {

    RocksListState(KeyCursor<K> cursor, CellCache<K> cache, CellTable table, Coding<List<T>> coding) {
        super(cursor, cache, table, coding);
    }

    @Override
    public Iterable<T> get() {
        List<T> list = stored();
        return list == null ? List.of() : Collections.unmodifiableList(list);
    }

    @Override
    public void add(T value) {
        NullInState.check(value, "ListState.add");
        List<T> list = stored();
        if (list == null) {
            list = new ArrayList<>(4);
        }
        list.add(value);
        store(list);
    }

    @Override
    public void addAll(List<T> values) {
        values.forEach(this::add);
    }

    @Override
    public void update(List<T> values) {
        values.forEach(value -> NullInState.check(value, "ListState.update"));
        if (values.isEmpty()) {
            clear();
        } else {
            store(new ArrayList<>(values));
        }
    }
}
