package io.millrace.taskmanager.runtime.snapshot;

import java.util.List;

/**
 * What a task has at a barrier: all that the elements before it have made of its state.
 *
 * @param barrier its number
 * @param alignmentNanos how long the task waited for its slowest input
 */
public record TaskSnapshot(long barrier, long alignmentNanos, List<SnapshotPart> parts) {
    public TaskSnapshot {
        parts = List.copyOf(parts);
    }
}
