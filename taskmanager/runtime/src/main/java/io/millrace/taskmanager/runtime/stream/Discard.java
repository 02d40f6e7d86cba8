package io.millrace.taskmanager.runtime.stream;

import org.jspecify.annotations.Nullable;

/** The output of a stream that nobody reads. */
public final class Discard extends Output {
    public static final Discard INSTANCE = new Discard();

    private Discard() {}

    @Override
    public void element(@Nullable Object value, long timestamp) {}

    @Override
    public void watermark(long timestamp) {}

    @Override
    public void idle(boolean idle) {}

    @Override
    public void endOfInput() {}
}
