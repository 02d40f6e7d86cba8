package io.millrace.common.graph.deployment;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.util.List;

/**
 * What one operator of a subtask may take up of a snapshot. Parts with keys are those whose key groups meet the
 * subtask's; of the others the subtask is given all that all earlier subtasks had, and deals its share to itself.
 *
 * @param operator its id in the job graph
 * @param parallelism the operator had when the snapshot was taken
 * @param subtasks earlier ones that have such parts, in the order of their indexes
 */
public record OperatorRestore(
        int operator, int parallelism, List<StateSchema> schemas, List<SubtaskSnapshot> subtasks) {
    public OperatorRestore {
        Check.argument(operator >= 0 && parallelism >= 1, "An operator's id and parallelism are not negative");
        schemas = List.copyOf(schemas);
        subtasks = List.copyOf(subtasks);
        for (SubtaskSnapshot subtask : subtasks) {
            Check.argument(
                    0 <= subtask.index() && subtask.index() < parallelism,
                    "Operator " + operator + " had no subtask " + subtask.index());
        }
    }
}
