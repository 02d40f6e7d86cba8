package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;
import java.util.List;

/**
 * What one operator has in a checkpoint.
 *
 * @param identity by which a later job finds it: the operator's uid, or its structural id
 * @param name for people
 * @param maxParallelism the number of its key groups
 * @param schemas one for every state that has parts
 * @param subtasks those that have parts
 */
public record OperatorSnapshot(
        String identity,
        String name,
        int parallelism,
        int maxParallelism,
        List<StateSchema> schemas,
        List<SubtaskSnapshot> subtasks) {
    public OperatorSnapshot {
        Check.argument(!identity.isEmpty(), "An operator's snapshot has an identity");
        Check.argument(
                1 <= parallelism && parallelism <= maxParallelism,
                "Operator '" + name + "' has parallelism " + parallelism + " of at most " + maxParallelism);
        schemas = List.copyOf(schemas);
        subtasks = List.copyOf(subtasks);
        for (SubtaskSnapshot subtask : subtasks) {
            Check.argument(
                    0 <= subtask.index() && subtask.index() < parallelism,
                    "Operator '" + name + "' has no subtask " + subtask.index());
            for (StatePart part : subtask.parts()) {
                Check.argument(
                        part.toGroup() <= maxParallelism,
                        "A part of operator '" + name + "' ends at key group " + part.toGroup() + " of "
                                + maxParallelism);
            }
        }
    }

    /** How many bytes its parts of one kind have, headers of blocks included. */
    public long bytesOf(PartKind kind) {
        return subtasks.stream()
                .flatMap(subtask -> subtask.parts().stream())
                .filter(part -> part.kind() == kind)
                .mapToLong(StatePart::length)
                .sum();
    }
}
