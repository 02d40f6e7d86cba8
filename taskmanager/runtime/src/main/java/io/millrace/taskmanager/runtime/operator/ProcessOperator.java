package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.util.Collector;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** A process function on a stream that is not keyed. It is its function's collector itself. */
public final class ProcessOperator extends Operator implements Collector<@Nullable Object> {
    private final ProcessFunction<@Nullable Object, @Nullable Object> function;
    private final ProcessContext context;
    private long timestamp = NO_TIMESTAMP;

    public ProcessOperator(
            OperatorScope scope,
            Output out,
            Output control,
            ProcessFunction<@Nullable Object, @Nullable Object> function,
            ProcessContext context) {
        super(scope, out, control);
        this.function = function;
        this.context = context;
    }

    @Override
    public void element(@Nullable Object value, long elementTimestamp) {
        timestamp = elementTimestamp;
        context.setTimestamp(elementTimestamp);
        try {
            function.processElement(value, context, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void collect(@Nullable Object element) {
        emitted++;
        out.element(element, timestamp);
    }

    @Override
    public long restoreWatermark(long watermark) {
        context.setWatermark(watermark);
        return watermark;
    }

    @Override
    public void watermark(long watermark) {
        context.setWatermark(watermark);
        control.watermark(watermark);
    }
}
