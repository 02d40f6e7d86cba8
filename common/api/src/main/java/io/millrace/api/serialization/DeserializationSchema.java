package io.millrace.api.serialization;

import io.millrace.api.types.ResultTypeQueryable;
import io.millrace.api.util.Collector;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Makes elements of the bytes that a source reads. One instance per reader, called by its subtask's thread. */
public interface DeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once before the first message. */
    default void open(InitializationContext context) throws Exception {}

    /**
     * @param message the bytes; not kept and not changed by the caller afterwards
     * @return the element; null leaves the message out
     * @throws IOException if the bytes are no element; the source names the place and fails
     */
    @Nullable
    T deserialize(byte[] message) throws IOException;

    /** As {@link #deserialize(byte[])}, for messages that hold any number of elements. */
    default void deserialize(byte[] message, Collector<T> out) throws IOException {
        T element = deserialize(message);
        if (element != null) {
            out.collect(element);
        }
    }

    /** Where a schema lives. */
    interface InitializationContext {
        ClassLoader getUserCodeClassLoader();
    }
}
