package io.millrace.api.checkpoint;

import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.OperatorStateStore;
import java.util.OptionalLong;

/** What a function begins with. */
public interface FunctionInitializationContext {

    /** Whether the job goes on from a checkpoint or savepoint, even if it has nothing for this function. */
    boolean isRestored();

    /** Its number; empty on a fresh start. */
    OptionalLong getRestoredCheckpointId();

    /** States of the operator, one of each name for all functions of the operator. */
    OperatorStateStore getOperatorStateStore();

    /** States per key. Off a keyed stream every request fails with {@code STATE_WITHOUT_KEY}. */
    KeyedStateStore getKeyedStateStore();
}
