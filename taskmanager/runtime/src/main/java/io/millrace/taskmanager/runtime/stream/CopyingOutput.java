package io.millrace.taskmanager.runtime.stream;

import io.millrace.api.types.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Hands on a copy of each element, so that what comes after may change it while what came before still uses it. */
public final class CopyingOutput extends Output {
    private final TypeSerializer<Object> copier;
    private final Output next;

    public CopyingOutput(TypeSerializer<Object> copier, Output next) {
        this.copier = copier;
        this.next = next;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        next.element(value == null ? null : copier.copy(value), timestamp);
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
