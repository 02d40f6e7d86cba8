package io.millrace.api.state.backend;

/**
 * State in RocksDB on the local disk of the TaskManagers, with a cache of objects in front: for state larger than
 * memory. Checkpoints are incremental. Keys of maps have to be written alike if they are equal.
 */
public final class EmbeddedRocksDBStateBackend implements StateBackend {

    @Override
    public String getName() {
        return "rocksdb";
    }
}
