package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;
import java.util.List;

/**
 * How the entries of one operator's states are to be read; the same for all its subtasks, so told once.
 *
 * @param operator its id in the job graph
 */
public record OperatorSchemas(int operator, List<StateSchema> schemas) {
    public OperatorSchemas {
        Check.argument(operator >= 0, "An operator's id is not negative, found " + operator);
        schemas = List.copyOf(schemas);
    }
}
