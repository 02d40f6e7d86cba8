package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.CheckpointKind;

/**
 * What the metadata log says of a complete checkpoint: where its manifest is.
 *
 * @param run of the job in which it was taken
 * @param place below which the names of its files begin, as the storage's worker understands it: empty for the place of
 *     the job's own checkpoints, else a savepoint's target
 */
public record CheckpointPointer(long checkpoint, int run, CheckpointKind kind, String place) {
    public CheckpointPointer {
        Check.argument(checkpoint >= 1 && run >= 1, "Checkpoints and runs count from 1");
        Check.argument(kind.isSavepoint() != place.isEmpty(), "Savepoints and only they have a place of their own");
    }
}
