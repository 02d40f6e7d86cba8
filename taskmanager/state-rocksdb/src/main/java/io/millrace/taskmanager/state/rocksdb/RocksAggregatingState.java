package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import org.jspecify.annotations.Nullable;

/** One accumulator per key. */
final class RocksAggregatingState<K, I, A, O> extends RocksState<K, A> implements AggregatingState<I, O> {
    private final AggregateFunction<I, A, O> function;

    RocksAggregatingState(
            KeyCursor<K> cursor,
            CellCache<K> cache,
            CellTable table,
            Coding<A> coding,
            AggregateFunction<I, A, O> function) {
        super(cursor, cache, table, coding);
        this.function = function;
    }

    @Override
    public @Nullable O get() {
        A accumulator = stored();
        return accumulator == null ? null : function.getResult(accumulator);
    }

    @Override
    public void add(I value) {
        NullInState.check(value, "AggregatingState.add");
        A before = stored();
        store(function.add(value, before == null ? function.createAccumulator() : before));
    }
}
