package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.MapFunction;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** One element in, one out. */
public final class MapOperator extends Operator {
    private final MapFunction<@Nullable Object, @Nullable Object> function;

    public MapOperator(
            OperatorScope scope, Output out, Output control, MapFunction<@Nullable Object, @Nullable Object> function) {
        super(scope, out, control);
        this.function = function;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        Object result;
        try {
            result = function.map(value);
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
