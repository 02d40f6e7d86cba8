package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.Collection;

/** A sink whose writers remember something across a restore. */
public interface SupportsWriterState<T, StateT> {
    /**
     * Creates a writer after a restore; {@link Sink#createWriter} creates those of a fresh start.
     *
     * @param recovered the states dealt to this subtask: every state of every earlier subtask goes to one of the new
     *     ones, so there may be none or several
     */
    StatefulSinkWriter<T, StateT> restoreWriter(WriterInitContext context, Collection<StateT> recovered)
            throws IOException;

    SimpleVersionedSerializer<StateT> getWriterStateSerializer();
}
