package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import java.util.function.Consumer;

/** A state that snapshots are taken of and that is restored from them. */
interface TrackedState {

    /** Adds a tracker for each of its tables as they are now. From the first call on the tables are tracked. */
    void addTrackers(TableName name, Consumer<TableTracker> trackers);

    /**
     * Reads the rest of an entry whose key is the current one.
     *
     * @param taken whether the state takes it up; if not it is only passed over
     * @throws IndexOutOfBoundsException if it is not the rest of an entry
     */
    void restoreEntry(BlockHeader header, BinaryReader in, boolean taken);
}
