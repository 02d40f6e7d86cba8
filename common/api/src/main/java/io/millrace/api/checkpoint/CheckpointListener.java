package io.millrace.api.checkpoint;

/** Told what became of checkpoints that the function was part of. On the function's thread, between elements. */
public interface CheckpointListener {

    /**
     * A checkpoint will be there whatever happens. Not every one is told: one that is superseded before the word got
     * here is not. Savepoints that do not end the job are not told either. An exception fails the task.
     */
    void notifyCheckpointComplete(long checkpointId) throws Exception;

    /** A checkpoint will never be complete. */
    default void notifyCheckpointAborted(long checkpointId) throws Exception {}
}
