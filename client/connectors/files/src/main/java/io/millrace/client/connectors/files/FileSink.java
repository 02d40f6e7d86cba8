package io.millrace.client.connectors.files;

import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.UUID;

/**
 * Writes elements to part files in a directory. A file is written under a hidden name and appears under its own, whole,
 * by an atomic rename; it holds whole elements only. Names are {@code part-<job>-<subtask>-<run>-<number>}: no two jobs
 * and no two starts of a job ever use the same one. Readers of the directory leave out names that begin with a dot.
 *
 * <p>With checkpoints the output is exact. Each checkpoint closes the open files, and they appear when it is complete,
 * as does what is written after the last one at the end of the input. A file that is not in the checkpoint which a job
 * is restored from never appears; the restored job deletes it. What becomes of hidden files of <em>other</em> jobs is
 * for their users: a job that goes on from another one's savepoint leaves them alone.
 *
 * <p>Without checkpoints a file appears when the {@link RollingPolicy} closes it, at the end of the input, and when the
 * job ends otherwise: after a failure, elements may be missing or, once the job is run again, be there twice.
 *
 * <p>Sinks of one job may share a directory, each built for itself.
 */
public final class FileSink<T>
        implements Sink<T>, SupportsCommitter<FileCommittable>, SupportsWriterState<T, FileCommittable> {
    private static final long serialVersionUID = 1L;

    /** Tells the sinks of one job apart. */
    private final String id = UUID.randomUUID().toString().substring(0, 8);

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
        if (!context.isCheckpointed() && context.getTaskInfo().getIndexOfThisSubtask() == 0) {
            context.outputLines()
                    .print(
                            "Files in '" + directory
                                    + "' appear when they are rolled and at the end of the input, because"
                                    + " the job takes no checkpoints: a failure can lose lines or write them twice",
                            true);
        }
        return writer(context);
    }

    /** A writer has no state: {@code recovered} is empty. */
    @Override
    public StatefulSinkWriter<T, FileCommittable> restoreWriter(
            WriterInitContext context, Collection<FileCommittable> recovered) {
        return writer(context);
    }

    private FileWriter<T> writer(WriterInitContext context) {
        TaskInfo task = context.getTaskInfo();
        String sink = id + Integer.toHexString(task.getTaskName().hashCode());
        String run = UUID.randomUUID().toString().substring(0, 8);
        PartNames names = new PartNames(
                Path.of(directory), context.getJobInfo().getJobId(), sink, task.getIndexOfThisSubtask(), run);
        long restored = context.getRestoredCheckpointId().orElse(0);
        FileWriter<T> writer = new FileWriter<>(names, encoder, policy, context.isCheckpointed(), restored);
        writer.start(restored, task.getNumberOfParallelSubtasks(), context.currentTimeMillis());
        return writer;
    }

    @Override
    public SimpleVersionedSerializer<FileCommittable> getWriterStateSerializer() {
        return new FileCommittableSerializer();
    }

    @Override
    public Committer<FileCommittable> createCommitter(CommitterInitContext context) {
        return new FileCommitter();
    }

    @Override
    public SimpleVersionedSerializer<FileCommittable> getCommittableSerializer() {
        return new FileCommittableSerializer();
    }
}
