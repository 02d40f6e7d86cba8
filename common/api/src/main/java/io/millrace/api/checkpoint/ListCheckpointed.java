package io.millrace.api.checkpoint;

import java.util.List;

/**
 * The older, simpler form of {@link CheckpointedFunction}: one list, dealt out anew when the parallelism changes. Its
 * elements name their classes in the snapshot, which may not change from one version of a job to the next.
 *
 * @param <T> elements, not null
 */
public interface ListCheckpointed<T> {

    /**
     * Gives what the function has at the barrier of a checkpoint.
     *
     * @param timestamp of the barrier at this task, in milliseconds since 1970-01-01T00:00Z
     */
    List<T> snapshotState(long checkpointId, long timestamp) throws Exception;

    /** Called before {@code open}, on a restore only; the list may be empty. */
    void restoreState(List<T> state) throws Exception;
}
