package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;

/** Hands every element to the collected results, as one byte. */
public final class CollectingSink implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
        CollectedResults results = context.collectedResults();
        return new SinkWriter<>() {
            private final byte[] bytes = new byte[1];

            @Override
            public void write(Long element, Context elementContext) {
                results.add(bytes, 0, 1);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
