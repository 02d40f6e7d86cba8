package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;
import java.util.List;

/**
 * What one operator of one subtask has in a checkpoint, as its TaskManager tells it.
 *
 * @param operator its id in the job graph
 * @param parts a base before its deltas, those in the order in which they apply; {@link StatePart#file} is the index
 *     into the files of the message that carries this
 */
public record OperatorParts(int operator, List<StatePart> parts) {
    public OperatorParts {
        Check.argument(operator >= 0, "An operator's id is not negative, found " + operator);
        parts = List.copyOf(parts);
    }
}
