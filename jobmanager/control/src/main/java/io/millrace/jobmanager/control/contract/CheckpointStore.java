package io.millrace.jobmanager.control.contract;

/**
 * Does the I/O of checkpoints on threads of its own and posts what came of it to the control plane. Commands of one job
 * are carried out in the order in which they are handed over.
 */
@FunctionalInterface
public interface CheckpointStore {
    /** Takes a command without blocking. */
    void execute(CheckpointCommand command);
}
