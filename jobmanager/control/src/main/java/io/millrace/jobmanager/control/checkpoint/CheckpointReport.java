package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one checkpoint.
 *
 * @param subtasks that have acknowledged it
 * @param inFlightBytes of elements that were under way to these
 * @param cause why it failed or was slow; null if neither
 */
public record CheckpointReport(
        CheckpointPointer pointer,
        CheckpointStatus status,
        Times times,
        List<SubtaskReport> subtasks,
        long inFlightBytes,
        @Nullable CheckpointCause cause) {
    public CheckpointReport {
        subtasks = List.copyOf(subtasks);
    }

    /** Everything that a restore would read. */
    public long stateBytes() {
        return subtasks.stream()
                .mapToLong(subtask -> subtask.cost().stateBytes())
                .sum();
    }

    /** What was written for this checkpoint. */
    public long writtenBytes() {
        return subtasks.stream()
                .mapToLong(subtask -> subtask.cost().writtenBytes())
                .sum();
    }

    /**
     * Of alignment, synchronous and asynchronous part the longest of any subtask.
     *
     * @param endedAtEpochMs 0 while it is in progress
     * @param durationMs from the trigger to the end; 0 while it is in progress
     * @param commitMs from the last acknowledgement to the end; 0 if not all acknowledged, or while it is in progress
     */
    public record Times(
            long triggeredAtEpochMs,
            long endedAtEpochMs,
            long durationMs,
            long alignmentMs,
            long synchronousMs,
            long asynchronousMs,
            long commitMs) {}

    /** @param acknowledgedAfterMs from the trigger to its TaskManager's acknowledgement */
    public record SubtaskReport(
            SubtaskId subtask, TaskManagerId taskManager, long acknowledgedAfterMs, SnapshotCost cost) {
        /** How long the snapshot of this subtask took. */
        public long ownMs() {
            return cost.alignmentMs() + cost.synchronousMs() + cost.asynchronousMs();
        }
    }
}
