package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.Digest;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Probe;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts records and drops them. */
public final class ProbeSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1;

    private final JobOptions options;
    private final Digest<T> digest;

    public ProbeSink(JobOptions options, Digest<T> digest) {
        this.options = options;
        this.digest = digest;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Probe probe = new Probe(options, Probe.SINK, context.getTaskInfo().getIndexOfThisSubtask());
        return new Writer<>(probe, digest);
    }

    private static final class Writer<T> implements SinkWriter<T> {

        private final Probe probe;
        private final Digest<T> digest;

        Writer(Probe probe, Digest<T> digest) {
            this.probe = probe;
            this.digest = digest;
        }

        @Override
        public void write(T value, Context context) {
            probe.count(digest.of(value));
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            probe.close();
        }
    }
}
