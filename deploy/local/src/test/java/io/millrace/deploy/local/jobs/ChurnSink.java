package io.millrace.deploy.local.jobs;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;

/** Keeps the last record and otherwise does what its conduct says. */
public record ChurnSink(Conduct conduct) implements Sink<Reading> {

    @Override
    public SinkWriter<Reading> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            private long last;

            @Override
            public void write(Reading element, Context of) throws IOException, InterruptedException {
                last = Math.max(last, element.number());
                conduct.write();
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
