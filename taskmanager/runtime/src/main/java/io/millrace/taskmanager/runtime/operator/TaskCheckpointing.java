package io.millrace.taskmanager.runtime.operator;

import java.util.OptionalLong;

/**
 * What user code of a task may know of checkpoints.
 *
 * @param isOn whether they are taken
 * @param restored the checkpoint or savepoint that the task goes on from; empty on a fresh start
 * @param isStopped whether the job was stopped with that savepoint, and has only to commit what it holds
 */
public record TaskCheckpointing(boolean isOn, OptionalLong restored, boolean isStopped) {
    /** A fresh start without checkpoints. */
    public static final TaskCheckpointing NONE = new TaskCheckpointing(false, OptionalLong.empty(), false);
}
