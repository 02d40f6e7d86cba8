package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.Partitioner;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import org.jspecify.annotations.Nullable;

/** By a partitioner of the user's. */
public final class CustomOutput extends GateOutput {
    private final KeySelector<Object, Object> selector;
    private final Partitioner<Object> partitioner;

    public CustomOutput(
            OperatorScope scope,
            OutputChannel[] channels,
            KeySelector<Object, Object> selector,
            Partitioner<Object> partitioner) {
        super(scope, channels);
        this.selector = selector;
        this.partitioner = partitioner;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        int chosen;
        try {
            Object key = selector.getKey(value);
            if (key == null) {
                throw scope.nullKey(value);
            }
            chosen = partitioner.partition(key, channels.length);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        if (chosen < 0 || chosen >= channels.length) {
            throw scope.failed(scope.problem(
                            RuntimeErrors.PARTITION_OUT_OF_RANGE,
                            "The partitioner chose subtask " + chosen + " of " + channels.length)
                    .fix("Return a number from 0 up to, but without, numPartitions"));
        }
        channels[chosen].element(value, timestamp);
    }
}
