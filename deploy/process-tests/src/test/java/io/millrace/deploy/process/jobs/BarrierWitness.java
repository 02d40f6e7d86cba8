package io.millrace.deploy.process.jobs;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Chained to a task it tells, while a gate is closed, which barriers the task has passed, by files
 * {@code passed-CHECKPOINT-SUBTASK}. A task has sent a barrier on when it gives its snapshot.
 */
final class BarrierWitness<T> implements Sink<T>, SupportsWriterState<T, String> {
    private static final long serialVersionUID = 1;

    private final String control;

    BarrierWitness(String control) {
        this.control = control;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, String> restoreWriter(WriterInitContext context, Collection<String> recovered) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        return new StatefulSinkWriter<>() {
            @Override
            public void write(T element, Context context) {}

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public List<String> snapshotState(long checkpointId) throws IOException {
                Gate.touch(Path.of(control), "passed-" + checkpointId + "-" + subtask);
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public SimpleVersionedSerializer<String> getWriterStateSerializer() {
        return new NoStates();
    }

    /** There is nothing to remember. */
    private static final class NoStates implements SimpleVersionedSerializer<String> {
        private static final long serialVersionUID = 1;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(String state) {
            return new byte[0];
        }

        @Override
        public String deserialize(int version, byte[] bytes) {
            return "";
        }
    }
}
