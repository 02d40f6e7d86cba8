package io.millrace.api.sink;

import java.io.IOException;
import java.io.Serializable;

/** A destination of elements: a factory of one writer per subtask. */
public interface Sink<T> extends Serializable {
    SinkWriter<T> createWriter(WriterInitContext context) throws IOException;
}
