package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.FilterFunction;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** Lets some elements pass. */
public final class FilterOperator extends Operator {
    private final FilterFunction<@Nullable Object> function;

    public FilterOperator(OperatorScope scope, Output out, Output control, FilterFunction<@Nullable Object> function) {
        super(scope, out, control);
        this.function = function;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        boolean kept;
        try {
            kept = function.filter(value);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        if (kept) {
            emitted++;
            out.element(value, timestamp);
        }
    }
}
