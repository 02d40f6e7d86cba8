package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.BinaryReader;

/** The current key of an operator's state while a snapshot is taken up. */
public interface KeyReader {

    /** Reads a key and makes it the current one. */
    void readCurrentKey(BinaryReader in);

    /** The hash of the current key. */
    int currentHash();

    /** Has keys read; then that is the current one again which was before, as where a state is asked for late. */
    void readAside(Runnable reading);
}
