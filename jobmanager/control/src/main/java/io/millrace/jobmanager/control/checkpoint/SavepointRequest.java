package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.ReplyTo;

/**
 * A user wants a savepoint.
 *
 * @param target where, as the storage's worker understands it
 * @param replyTo told when the savepoint is complete, or why there is none
 */
public record SavepointRequest(CheckpointKind kind, String target, ReplyTo<Outcome<CheckpointPointer>> replyTo) {
    public SavepointRequest {
        Check.argument(kind.isSavepoint() && !target.isEmpty(), "A savepoint has a place of its own");
    }
}
