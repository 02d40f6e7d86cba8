package io.millrace.deploy.benchmarks.workloads;

import java.util.ArrayList;
import java.util.List;

/**
 * Each workload as one plain single-threaded Java loop over the same feeds, with no engine in between: the physical
 * limit of one core for that work. It also gives the digests every engine must reach.
 */
public final class PlainLoop {

    private PlainLoop() {}

    /** Runs the workload named by the first argument with the {@link JobOptions} that follow. */
    public static void main(String[] args) {
        List<String> rest = List.of(args).subList(1, args.length);
        run(Workload.of(args[0]), JobOptions.parse(rest.toArray(new String[0])));
    }

    /** Runs until a bound of the options is reached and writes the probes. */
    public static void run(Workload workload, JobOptions options) {
        try (Probe first = new Probe(options, Probe.SINK, 0);
                Probe second = new Probe(options, Probe.SINK, 1)) {
            switch (workload) {
                case EXCHANGE -> exchange(options, new Probe[] {first, second});
                case EXCHANGE_LOCAL -> exchangeLocal(options, new Probe[] {first, second});
                case RUNNING_SUM -> runningSum(options, AmountFeed::new, first);
                case RUNNING_SUM_HOT -> runningSum(options, HotAmountFeed::new, first);
                case LOG_ANALYSIS -> new LogAnalysisLoop(options, first).run();
                case LATENCY -> throw new IllegalArgumentException("a loop has no end-to-end latency");
            }
        }
    }

    /** In an engine half of the records leave the process; here every one passes a buffer. */
    private static void exchange(JobOptions options, Probe[] sinks) {
        ReadingCodec codec = new ReadingCodec();
        forEach(options, ReadingFeed::new, reading -> {
            Probe sink = sinks[Math.floorMod(reading.sensor.hashCode(), sinks.length)];
            sink.count(Reading.digest(codec.pass(reading)));
        });
    }

    private static void exchangeLocal(JobOptions options, Probe[] sinks) {
        forEach(options, ReadingFeed::new, reading -> {
            Probe sink = sinks[Math.floorMod(reading.sensor.hashCode(), sinks.length)];
            sink.count(Reading.digest(reading));
        });
    }

    private static void runningSum(JobOptions options, FeedFactory<Amount> feed, Probe sink) {
        LongSums sums = new LongSums();
        forEach(options, feed, amount -> {
            long sum = sums.add(amount.account, amount.cents);
            sink.count(Amount.digest(new Amount(amount.account, sum)));
        });
    }

    private static <T> void forEach(JobOptions options, FeedFactory<T> factory, Step<T> step) {
        List<FeedCursor<T>> cursors = cursors(factory, options);
        boolean running = true;
        while (running) {
            running = false;
            for (FeedCursor<T> cursor : cursors) {
                if (!cursor.isExhausted()) {
                    step.accept(cursor.take());
                    running = true;
                }
            }
        }
        cursors.forEach(FeedCursor::close);
    }

    /** One cursor per split an engine would have, so that the records are the same. */
    static <T> List<FeedCursor<T>> cursors(FeedFactory<T> factory, JobOptions options) {
        List<FeedCursor<T>> cursors = new ArrayList<>();
        for (int split = 0; split < Workload.PARALLELISM; split++) {
            cursors.add(new FeedCursor<>(factory, options, split, Workload.PARALLELISM));
        }
        return cursors;
    }

    /** What one record goes through. */
    private interface Step<T> {
        void accept(T value);
    }
}
