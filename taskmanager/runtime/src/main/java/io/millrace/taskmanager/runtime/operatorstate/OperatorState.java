package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.snapshot.ElementBlocks;

/** A state of an operator as snapshots see it. */
sealed interface OperatorState permits OperatorListState, OperatorBroadcastState {

    PartKind kind();

    StateDescription description();

    /** Writes what it holds at a barrier. */
    void write(ElementBlocks out);
}
