package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.util.Collector;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** One element in, any number out. It is its function's collector itself. */
public final class FlatMapOperator extends Operator implements Collector<@Nullable Object> {
    private final FlatMapFunction<@Nullable Object, @Nullable Object> function;
    private long timestamp = NO_TIMESTAMP;

    public FlatMapOperator(
            OperatorScope scope,
            Output out,
            Output control,
            FlatMapFunction<@Nullable Object, @Nullable Object> function) {
        super(scope, out, control);
        this.function = function;
    }

    @Override
    public void element(@Nullable Object value, long elementTimestamp) {
        timestamp = elementTimestamp;
        try {
            function.flatMap(value, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void collect(@Nullable Object element) {
        emitted++;
        out.element(element, timestamp);
    }
}
