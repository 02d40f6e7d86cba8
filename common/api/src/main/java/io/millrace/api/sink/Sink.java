package io.millrace.api.sink;

import io.millrace.api.execution.JobTerms;
import java.io.IOException;
import java.io.Serializable;

/** A destination of elements: a factory of one writer per subtask. */
public interface Sink<T> extends Serializable {
    SinkWriter<T> createWriter(WriterInitContext context) throws IOException;

    /**
     * Called when the job graph is built, on the client; does no I/O.
     *
     * @throws io.millrace.common.core.error.MillraceException if this sink cannot work in such a job; it is told with
     *     the line that added the sink
     */
    default void validate(JobTerms terms) {}
}
