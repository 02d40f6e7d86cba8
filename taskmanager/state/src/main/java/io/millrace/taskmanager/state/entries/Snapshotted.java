package io.millrace.taskmanager.state.entries;

import io.millrace.taskmanager.state.SnapshotOutput;

/** What takes part in snapshots of an operator's keyed state. One snapshot is written at a time. */
public interface Snapshotted {

    /**
     * Fixes what the next snapshot holds: what is there now.
     *
     * @param shared whether it may consist of parts of earlier ones, and later ones of its parts
     */
    void begin(long checkpoint, boolean shared);

    /** Writes about this many bytes of it. @return how many are left of the budget; 0 or less if it is not complete */
    long write(long bytes);

    /** Gives the parts; the snapshot is complete. */
    void end(SnapshotOutput out);

    /** A checkpoint is there to stay: later ones are based on it. */
    void completed(long checkpoint);

    /** A checkpoint will never be complete, whether it was begun, ended or neither. */
    void aborted(long checkpoint);
}
