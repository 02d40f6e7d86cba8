package io.millrace.api.checkpoint;

import io.millrace.api.functions.Function;

/**
 * A function with state of its own that is not per key: buffers, positions, rules. It asks for its operator state in
 * {@link #initializeState} and brings it up to date in {@link #snapshotState}. Both run on the function's thread, never
 * while an element is processed.
 */
public interface CheckpointedFunction extends Function {

    /**
     * Called at the barrier of every checkpoint and savepoint: what is in the state afterwards is in the snapshot. Keep
     * it short, for the task does nothing else meanwhile. An exception fails the task.
     */
    void snapshotState(FunctionSnapshotContext context) throws Exception;

    /** Called once, before {@code open} and the first element; a state that was restored has its content. */
    void initializeState(FunctionInitializationContext context) throws Exception;
}
