package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;

/** What slots and workers tell the supervisor's thread of checkpoints. */
public sealed interface CheckpointEvent {

    /** A barrier passed through a task. */
    record SnapshotTaken(SubtaskId task, TaskSnapshot snapshot) implements CheckpointEvent {}

    /** The answer to {@link SegmentStore#open}. */
    record StorageOpened(JobId job, StorageLocation place, Outcome<CheckpointStorage> storage)
            implements CheckpointEvent {}

    /** The answer to {@link SegmentStore#write}. */
    record SegmentsWritten(RunOfJob run, long checkpoint, Outcome<WrittenParts> parts) implements CheckpointEvent {}
}
