package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.jobmanager.control.contract.CheckpointPointer;

/** A checkpoint whose manifest is durable and whose pointer is in the metadata log. */
public record CompletedCheckpoint(CheckpointPointer pointer, CheckpointManifest manifest) {
    long id() {
        return pointer.checkpoint();
    }
}
