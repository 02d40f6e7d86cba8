package io.millrace.deploy.benchmarks.workloads;

import java.nio.file.Path;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes one subtask, notes the time every {@value #SAMPLE_EVERY} records, and writes a {@link ProbeReport}
 * when closed. It costs a few nanoseconds per record and is the same for every engine, so no engine's own metrics are
 * trusted. Owned by one thread.
 */
public final class Probe implements AutoCloseable {

    /** At the end of the job. */
    public static final String SINK = "sink";
    /** At the source readers. */
    public static final String SOURCE = "source";
    /** Where the rules of the log analysis have processed an event. */
    public static final String EVENTS = "events";

    private static final int SAMPLE_EVERY = 1024;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final JobOptions options;
    private final String name;
    private final int subtask;
    private long[] samples = new long[4096];
    private int used;
    private long records;
    private long digest;
    private long recordFromNanos;
    private @Nullable Histogram latencies;
    private boolean closed;

    public Probe(JobOptions options, String name, int subtask) {
        this.options = options;
        this.name = name;
        this.subtask = subtask;
    }

    /** Counts one record. The digests of all records are added up, so their order does not matter. */
    public void count(long recordDigest) {
        digest += recordDigest;
        if ((records++ & SAMPLE_EVERY - 1) == 0) {
            sample();
        }
    }

    /** Counts one record and, after the warm-up, how long ago it was due. */
    public void count(long recordDigest, long dueNanos) {
        count(recordDigest);
        long now = System.nanoTime();
        Histogram histogram = latencies;
        if (histogram == null) {
            histogram = new Histogram(SIGNIFICANT_DIGITS);
            latencies = histogram;
            recordFromNanos = now + options.warmupMillis() * 1_000_000;
        }
        if (now - recordFromNanos >= 0) {
            histogram.recordValue(Math.max(0, now - dueNanos));
        }
    }

    /** Writes the report; a second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (records > 0) {
            sample();
        }
        new ProbeReport(name, subtask, records, digest, Arrays.copyOf(samples, used), latencies)
                .write(Path.of(options.probes()));
    }

    private void sample() {
        if (used == samples.length) {
            samples = Arrays.copyOf(samples, used * 2);
        }
        samples[used++] = System.nanoTime();
        samples[used++] = records;
    }
}
