package io.millrace.api.types;

import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.schema.TypeSchema;

/**
 * One of the types that a state is made of, as it was written and as it is now.
 *
 * @param part its index among {@link StateDescription#types}
 */
public record WrittenType(StateDescription was, StateDescription is, int part) {

    public TypeSchema wasType() {
        return was.types().get(part);
    }

    public TypeSchema isType() {
        return is.types().get(part);
    }

    /** Whether nothing has to be changed. */
    public boolean isSame() {
        return was.types().equals(is.types()) && was.definitions().equals(is.definitions());
    }
}
