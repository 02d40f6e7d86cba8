package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what every subtask wrote. */
public final class RecordingSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final transient List<Written<T>> written = new ArrayList<>();
    private final transient List<String> calls = new ArrayList<>();

    /** One element as the writer saw it. */
    public record Written<T>(
            T element, int subtask, @Nullable Long timestamp, long watermark) {}

    public List<Written<T>> written() {
        return written;
    }

    public List<T> elements() {
        return written.stream().map(Written::element).toList();
    }

    /** Flushes and closes, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context elementContext) {
                written.add(
                        new Written<>(element, subtask, elementContext.timestamp(), elementContext.currentWatermark()));
            }

            @Override
            public void flush(boolean endOfInput) {
                calls.add("flush " + endOfInput + " " + subtask);
            }

            @Override
            public void close() {
                calls.add("close " + subtask);
            }
        };
    }
}
