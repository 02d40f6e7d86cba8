package io.millrace.taskmanager.state.rocksdb;

import io.millrace.taskmanager.state.SnapshotOutput;

/** A snapshot from the barrier until it is given. One at a time. */
interface RocksSnapshot {

    long checkpoint();

    /** Brings the database to what was there at the barrier, and lets changes behind the barrier through again. */
    void settle();

    /** Writes on. @return whether all is written */
    boolean write(long bytes);

    void end(SnapshotOutput out);

    /** Drops what is left of it, given or not. */
    void close();
}
