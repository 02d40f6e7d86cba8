package io.millrace.jobmanager.control.contract;

/**
 * Does the I/O of all jobs' checkpoints on threads of its own and posts what came of it as {@link Event.OfCheckpoint}.
 * Commands of one job are carried out in the order in which they are handed over.
 */
@FunctionalInterface
public interface CheckpointStores {
    /**
     * Takes a command without blocking. Never {@link CheckpointCommand.RecordCompleted}: that goes to the log.
     *
     * @param jobPlace of the job's own checkpoints, where a command names no other
     */
    void execute(String jobPlace, CheckpointCommand command);
}
