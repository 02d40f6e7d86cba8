package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.state.ReducingState;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import io.millrace.taskmanager.state.entries.UserStateFunctionException;
import org.jspecify.annotations.Nullable;

/** One reduced value per key. */
final class RocksReducingState<K, T> extends RocksState<K, T> implements ReducingState<T> {
    private final ReduceFunction<T> function;

    RocksReducingState(
            KeyCursor<K> cursor, CellCache<K> cache, CellTable table, Coding<T> coding, ReduceFunction<T> function) {
        super(cursor, cache, table, coding);
        this.function = function;
    }

    @Override
    public @Nullable T get() {
        return stored();
    }

    @Override
    public void add(T value) {
        NullInState.check(value, "ReducingState.add");
        T before = stored();
        try {
            store(before == null ? value : function.reduce(before, value));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UserStateFunctionException("The reduce function of a ReducingState failed", e);
        }
    }
}
