package io.millrace.taskmanager.runtime.task;

import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.stream.OperatorScope;

/**
 * What the channels of one edge share at one subtask.
 *
 * @param place among the subtask's gates
 * @param serializer to make duplicates of
 * @param scope the operator that reads the gate, for errors
 */
record InputGate(
        int place,
        ExchangeKind kind,
        ExchangeSpec<Object, Object> spec,
        TypeSerializer<Object> serializer,
        OperatorScope scope) {

    /** Whether a barrier may pass before the channels of the gate bring it. */
    boolean isCapturable() {
        return kind != ExchangeKind.BROADCAST && kind != ExchangeKind.ASSIGNMENT;
    }
}
