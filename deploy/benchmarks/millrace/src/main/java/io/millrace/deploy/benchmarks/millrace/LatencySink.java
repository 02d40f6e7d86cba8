package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Probe;
import io.millrace.deploy.benchmarks.workloads.Reading;

/** Notes for every reading how long ago its schedule wanted it emitted. */
public final class LatencySink implements Sink<Reading> {

    private static final long serialVersionUID = 1;

    private final JobOptions options;

    public LatencySink(JobOptions options) {
        this.options = options;
    }

    @Override
    public SinkWriter<Reading> createWriter(WriterInitContext context) {
        return new Writer(new Probe(options, Probe.SINK, context.getTaskInfo().getIndexOfThisSubtask()));
    }

    private static final class Writer implements SinkWriter<Reading> {

        private final Probe probe;

        Writer(Probe probe) {
            this.probe = probe;
        }

        @Override
        public void write(Reading reading, Context context) {
            probe.count(Reading.digest(reading), reading.timestamp);
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
