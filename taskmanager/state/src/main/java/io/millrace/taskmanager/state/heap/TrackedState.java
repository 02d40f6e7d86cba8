package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.RestoredEntries;
import java.util.function.Consumer;

/** A state that snapshots are taken of and that is restored from them. */
interface TrackedState extends RestoredEntries {

    /** Adds a tracker for each of its tables as they are now. From the first call on the tables are tracked. */
    void addTrackers(TableName name, Consumer<TableTracker> trackers);
}
