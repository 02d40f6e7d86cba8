package io.millrace.taskmanager.state.heap;

import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.state.ReducingState;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.NullInState;
import io.millrace.taskmanager.state.entries.UserStateFunctionException;
import org.jspecify.annotations.Nullable;

/** One reduced value per key. */
final class HeapReducingState<K, T> extends HeapState<K, T> implements ReducingState<T> {
    private final ReduceFunction<T> function;

    HeapReducingState(HeapKeyTable<K> table, Column<T> column, Coding<T> coding, ReduceFunction<T> function) {
        super(table, column, coding);
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
