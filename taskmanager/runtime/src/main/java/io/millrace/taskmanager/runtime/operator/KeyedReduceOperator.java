package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.state.ValueState;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/** Emits the running reduction of each key for every element. */
public final class KeyedReduceOperator extends Operator {
    private final ReduceFunction<Object> function;
    private final KeySelector<Object, Object> selector;
    private final KeyedStateBackend<Object> state;
    private final ValueState<Object> reduced;

    public KeyedReduceOperator(
            OperatorScope scope,
            Output out,
            Output control,
            ReduceFunction<Object> function,
            KeySelector<Object, Object> selector,
            KeyedStateBackend<Object> state,
            ValueState<Object> reduced) {
        super(scope, out, control);
        this.function = function;
        this.selector = selector;
        this.state = state;
        this.reduced = reduced;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("received");
        }
        Object result;
        try {
            Object key = selector.getKey(value);
            if (key == null) {
                throw scope.nullKey(value);
            }
            state.setCurrentKey(key);
            Object before = reduced.value();
            result = before == null ? value : function.reduce(before, value);
            if (result == null) {
                throw scope.nullRecord("computed");
            }
            reduced.update(result);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        out.element(result, timestamp);
    }

    @Override
    public long recordsOut(long taken) {
        return taken;
    }
}
