package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** Cannot be made. */
final class RefusingOutput extends Output {

    RefusingOutput(String why) {
        throw new UnsupportedOperationException(why);
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {}

    @Override
    public void watermark(long timestamp) {}

    @Override
    public void idle(boolean idle) {}

    @Override
    public void endOfInput() {}
}
