package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.common.graph.snapshot.OperatorSchemas;
import java.util.List;

/**
 * What a task has at a barrier: all that the elements before it have made of its state.
 *
 * @param checkpoint its number
 * @param alignmentNanos how long the task waited for its slowest input
 * @param synchronousNanos in which the task did nothing else
 * @param parts new ones
 * @param earlier parts of earlier snapshots that belong to this one; per operator they come before the new ones. A part
 *     is named by each snapshot from its own on until it is no longer needed
 * @param schemas how the keyed states are to be read, for every operator that has any
 */
public record TaskSnapshot(
        long checkpoint,
        long alignmentNanos,
        long synchronousNanos,
        List<SnapshotPart> parts,
        List<EarlierPart> earlier,
        List<OperatorSchemas> schemas) {
    public TaskSnapshot {
        parts = List.copyOf(parts);
        earlier = List.copyOf(earlier);
        schemas = List.copyOf(schemas);
    }
}
