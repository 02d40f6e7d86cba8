package io.millrace.common.graph;

import java.util.Map;

/**
 * What is known of an operator's types before it runs, so that it can be compared with a snapshot without the job's
 * classes. Descriptions are those of {@code StateDescription}. What is not known is not in it.
 *
 * @param states descriptions of its keys, whose name is empty, and of states that it has whatever its functions do
 * @param outputs descriptions of its elements, by the id of the side output; empty for the main one
 */
public record OperatorTypes(Map<String, OpaqueBytes> states, Map<String, OpaqueBytes> outputs) {
    public static final OperatorTypes UNKNOWN = new OperatorTypes(Map.of(), Map.of());

    public OperatorTypes {
        states = Map.copyOf(states);
        outputs = Map.copyOf(outputs);
    }
}
