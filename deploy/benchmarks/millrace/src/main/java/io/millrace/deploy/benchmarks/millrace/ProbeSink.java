package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.deploy.benchmarks.workloads.Digest;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Probe;

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
