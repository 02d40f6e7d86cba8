package io.millrace.api.sink;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the elements of one subtask, on the subtask's thread. */
public interface SinkWriter<T> {
    void write(T element, Context context) throws IOException, InterruptedException;

    /** Called before a checkpoint and at the end of input: everything written must be on its way. */
    void flush(boolean endOfInput) throws IOException, InterruptedException;

    /** Called now and then while the task lives, about every 100 ms, also without elements: for time-based rolling. */
    default void onTick(long epochMillis) throws IOException, InterruptedException {}

    /** Releases everything; called once, in any case. */
    void close() throws Exception;

    /** What a writer knows of the element. */
    interface Context {
        long currentWatermark();

        /** The element's timestamp in milliseconds, or null. */
        @Nullable
        Long timestamp();
    }
}
