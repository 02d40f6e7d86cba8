package io.millrace.common.graph.snapshot;

import java.util.List;

/**
 * What one subtask of an operator has in a checkpoint.
 *
 * @param index of the subtask, from 0
 * @param parts a base before its deltas, those in the order in which they apply
 */
public record SubtaskSnapshot(int index, List<StatePart> parts) {
    public SubtaskSnapshot {
        parts = List.copyOf(parts);
    }
}
