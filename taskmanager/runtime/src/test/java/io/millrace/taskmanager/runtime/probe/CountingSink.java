package io.millrace.taskmanager.runtime.probe;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what it is given. */
final class CountingSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final transient AtomicLong total = new AtomicLong();

    long total() {
        return total.get();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            private long count;

            @Override
            public void write(T element, Context elementContext) {
                count++;
            }

            @Override
            public void flush(boolean endOfInput) {
                if (endOfInput) {
                    total.addAndGet(count);
                }
            }

            @Override
            public void close() {}
        };
    }
}
