package io.millrace.client.connectors.files;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.nio.file.Path;

/**
 * Writes elements to part files in a directory. A file is written under a hidden name and appears under its own, whole,
 * when it is rolled, at the end of the input, and when the job ends otherwise; it holds whole elements only. Names are
 * {@code part-<job>-<subtask>-<number>}, so jobs never touch each other's files.
 *
 * <p>This version publishes without waiting for a checkpoint: after a failure, elements may be missing or, once the job
 * is run again, be there twice.
 */
public final class FileSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final Encoder<T> encoder;
    private final RollingPolicy policy;

    private FileSink(String directory, Encoder<T> encoder, RollingPolicy policy) {
        this.directory = directory;
        this.encoder = encoder;
        this.policy = policy;
    }

    /** @param directory made if it is not there, on the TaskManagers */
    public static <T> Builder<T> forRowFormat(Path directory, Encoder<T> encoder) {
        return new Builder<>(directory.toString(), encoder);
    }

    /** Collects what a file sink does beyond the defaults. */
    public static final class Builder<T> {
        private final String directory;
        private final Encoder<T> encoder;
        private RollingPolicy policy = RollingPolicy.DEFAULT;

        private Builder(String directory, Encoder<T> encoder) {
            this.directory = directory;
            this.encoder = encoder;
        }

        public Builder<T> withRollingPolicy(RollingPolicy rollingPolicy) {
            this.policy = rollingPolicy;
            return this;
        }

        public FileSink<T> build() {
            return new FileSink<>(directory, encoder, policy);
        }
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        String job = context.getJobInfo().getJobId();
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        int attempt = context.getTaskInfo().getAttemptNumber();
        String prefix = "part-" + job.substring(0, Math.min(8, job.length())) + "-" + subtask + "-"
                + (attempt == 0 ? "" : attempt + "-");
        return new FileWriter<>(Path.of(directory), prefix, encoder, policy, context.currentTimeMillis());
    }
}
