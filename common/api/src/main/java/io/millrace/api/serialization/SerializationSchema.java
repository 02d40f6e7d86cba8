package io.millrace.api.serialization;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Makes the bytes that a sink writes of elements. One instance per writer, called by its subtask's thread. */
public interface SerializationSchema<T> extends Serializable {

    /** Called once before the first element. */
    default void open(InitializationContext context) throws Exception {}

    /** The element's bytes, not changed afterwards; null where the system knows a value that is absent. */
    byte @Nullable [] serialize(T element);

    /** Where a schema lives. */
    interface InitializationContext {
        ClassLoader getUserCodeClassLoader();
    }
}
