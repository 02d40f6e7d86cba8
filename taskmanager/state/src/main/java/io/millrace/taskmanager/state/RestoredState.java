package io.millrace.taskmanager.state;

import io.millrace.common.graph.snapshot.StateSchema;
import java.util.List;

/**
 * What a keyed operator of one subtask takes up from a snapshot.
 *
 * @param parts in the order in which they apply
 * @param schemas how they are to be read
 */
public record RestoredState(List<RestoredPart> parts, List<StateSchema> schemas) {
    public static final RestoredState NONE = new RestoredState(List.of(), List.of());

    public RestoredState {
        parts = List.copyOf(parts);
        schemas = List.copyOf(schemas);
    }
}
