package io.millrace.deploy.local.jobs;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;

/** Adds every line to what was said in this JVM, {@link ScaledJob#SAID}. */
record SayingSink() implements Sink<String> {
    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(String element, Context of) {
                ScaledJob.SAID.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
