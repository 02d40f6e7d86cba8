package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryWriter;

/** What a table says of its entries, by their numbers. A number is given to another entry when its own is gone. */
interface TrackedEntries {

    /** Numbers are below this. */
    int limit();

    boolean isPresent(int entry);

    /** Appends an entry that is present: its key and its content. */
    void write(int entry, BinaryWriter out);

    /** Appends what tells an entry from all others of the table. */
    void writeKey(int entry, BinaryWriter out);
}
