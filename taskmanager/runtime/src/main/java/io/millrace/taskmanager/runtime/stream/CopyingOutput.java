package io.millrace.taskmanager.runtime.stream;

import io.millrace.api.types.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Hands on a copy of each element, so that what comes after may change it while what came before still uses it. */
public final class CopyingOutput extends Output {
    private final OperatorScope scope;
    private final TypeSerializer<Object> copier;
    private final Output next;

    /** @param scope the operator that emits the elements */
    public CopyingOutput(OperatorScope scope, TypeSerializer<Object> copier, Output next) {
        this.scope = scope;
        this.copier = copier;
        this.next = next;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        Object copy = null;
        if (value != null) {
            try {
                copy = copier.copy(value);
            } catch (RuntimeException e) {
                throw scope.notCopyable(value, e);
            }
        }
        next.element(copy, timestamp);
    }

    @Override
    public void watermark(long timestamp) {
        next.watermark(timestamp);
    }

    @Override
    public void idle(boolean idle) {
        next.idle(idle);
    }

    @Override
    public void endOfInput() {
        next.endOfInput();
    }
}
