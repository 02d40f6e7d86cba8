package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.id.JobId;

/** Has workers do what blocks. Calls return at once; each but the last is answered by one {@link CheckpointEvent}. */
public interface SegmentStore {

    /** Opens the storage of a place; answered by {@link CheckpointEvent.StorageOpened}. */
    void open(JobId job, StorageLocation place);

    /** Stores parts of snapshots; answered by {@link CheckpointEvent.SegmentsWritten}. */
    void write(CheckpointStorage storage, SegmentRequest request);

    /** Nobody uses the storage any more. */
    void close(CheckpointStorage storage);
}
