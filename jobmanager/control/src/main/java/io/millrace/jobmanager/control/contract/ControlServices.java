package io.millrace.jobmanager.control.contract;

import java.util.function.LongSupplier;

/**
 * What the control plane has others do.
 *
 * @param nonces random numbers
 * @param checkpointPlace where jobs that name no place keep their checkpoints, in the form of
 *     {@link io.millrace.common.core.config.StorageLocation}
 */
public record ControlServices(MetadataLog log, CheckpointStores stores, LongSupplier nonces, String checkpointPlace) {

    /** The I/O of one job. */
    public CheckpointStore storeOf(String jobPlace) {
        return command -> {
            if (command instanceof CheckpointCommand.RecordCompleted completed) {
                log.append(new LogEntry.Completed(completed.job(), completed.pointer(), completed.subsumed()));
            } else {
                stores.execute(jobPlace, command);
            }
        };
    }
}
