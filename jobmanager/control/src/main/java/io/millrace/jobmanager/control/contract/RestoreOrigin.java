package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointKind;
import java.util.List;

/**
 * A checkpoint or savepoint with whose state a job begins. It is read only: nothing of it is ever owned by the job or
 * deleted for it, and numbers of the job's own checkpoints are above its.
 *
 * @param writer the job that took it
 * @param place where its files are, in the form of {@link io.millrace.common.core.config.StorageLocation}
 * @param dropped operators whose state was left behind, for people
 */
public record RestoreOrigin(JobId writer, long checkpoint, String place, List<String> dropped) {
    public RestoreOrigin {
        Check.argument(checkpoint >= 1 && !place.isEmpty(), "An origin is a checkpoint at a place");
        dropped = List.copyOf(dropped);
    }

    /** As a user would write it. */
    public String path() {
        return (place.endsWith("/") ? place : place + "/") + checkpoint;
    }

    /** Where it is. It has a place of its own, like a savepoint; its run is another job's and says nothing. */
    public CheckpointPointer pointer() {
        return new CheckpointPointer(checkpoint, 1, CheckpointKind.SAVEPOINT, place);
    }
}
