package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.BinaryReader;

/** A state that takes up entries of a snapshot. */
public interface RestoredEntries {

    /**
     * Reads the rest of an entry whose key is the current one.
     *
     * @param taken whether the state takes it up; if not it is only passed over
     * @throws IndexOutOfBoundsException if it is not the rest of an entry
     */
    void restoreEntry(BlockHeader header, BinaryReader in, boolean taken);
}
