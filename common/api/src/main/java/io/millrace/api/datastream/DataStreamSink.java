package io.millrace.api.datastream;

import io.millrace.api.plan.builder.Chaining;
import io.millrace.api.plan.builder.OperatorDraft;

/** The end of a stream, with the settings of its operator. */
public final class DataStreamSink<T> {
    private final OperatorDraft<T, T> operator;

    DataStreamSink(OperatorDraft<T, T> operator) {
        this.operator = operator;
    }

    /** The operator's name for people; shown with {@code Sink: } before it. */
    public DataStreamSink<T> name(String name) {
        operator.setName(name.startsWith("Sink: ") ? name : "Sink: " + name);
        return this;
    }

    /** The name under which the operator's state is found again. Unique within the job. */
    public DataStreamSink<T> uid(String uid) {
        operator.setUid(Arguments.uid(uid));
        return this;
    }

    public DataStreamSink<T> setParallelism(int parallelism) {
        operator.setParallelism(parallelism);
        return this;
    }

    public DataStreamSink<T> setMaxParallelism(int maxParallelism) {
        operator.setMaxParallelism(maxParallelism);
        return this;
    }

    /** A longer text for people. */
    public DataStreamSink<T> setDescription(String description) {
        operator.setDescription(description);
        return this;
    }

    /** Runs the sink in a task of its own. */
    public DataStreamSink<T> disableChaining() {
        operator.setChaining(Chaining.NEVER);
        return this;
    }

    /** Subtasks of different groups never share a slot. */
    public DataStreamSink<T> slotSharingGroup(String group) {
        operator.setSlotSharingGroup(Arguments.slotSharingGroup(group));
        return this;
    }
}
