package io.millrace.api.eventtime;

import java.io.Serializable;

/** Makes the timestamp assigner of a subtask. */
@FunctionalInterface
public interface TimestampAssignerSupplier<T> extends Serializable {
    TimestampAssigner<T> createTimestampAssigner(Context context);

    /** What an assigner is created with. Empty so far. */
    interface Context {}

    static <T> TimestampAssignerSupplier<T> of(SerializableTimestampAssigner<T> assigner) {
        return context -> assigner;
    }
}
