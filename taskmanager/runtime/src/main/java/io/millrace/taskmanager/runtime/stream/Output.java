package io.millrace.taskmanager.runtime.stream;

import io.millrace.api.eventtime.TimestampAssigner;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a stream go: the next operator of the chain, an exchange, or several of these. Calls come from
 * the slot's thread, in the stream's order, and never block; an output without room says so through the task's
 * {@link Brake}.
 */
public abstract class Output {
    /** The timestamp of an element that has none. */
    public static final long NO_TIMESTAMP = TimestampAssigner.NO_TIMESTAMP;

    /**
     * Takes one element.
     *
     * @param value null only from a map function to what is chained to it
     * @param timestamp milliseconds, or {@link #NO_TIMESTAMP}
     */
    public abstract void element(@Nullable Object value, long timestamp);

    /** No element with a timestamp of {@code timestamp} milliseconds or less follows. Values only grow. */
    public abstract void watermark(long timestamp);

    /** Whether the stream is left out of watermarks until it says otherwise. Called on changes only. */
    public abstract void idle(boolean idle);

    /** Nothing follows. Called once, after the last watermark. */
    public abstract void endOfInput();
}
