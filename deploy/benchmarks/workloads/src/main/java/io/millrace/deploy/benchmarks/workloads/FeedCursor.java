package io.millrace.deploy.benchmarks.workloads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Walks one feed within the bounds of a run: an engine's source reader only asks {@link #isExhausted()} and
 * {@link #isDue()} and takes. With a rate every record has a due time that does not move when the engine falls behind,
 * so latency counted from it includes the waiting of records that could not be emitted in time.
 *
 * <p>Owned by one thread; only the future of {@link #whenDue()} is completed by another.
 */
public final class FeedCursor<T> implements AutoCloseable {

    private static final int CLOCK_CHECK_MASK = 0xff;

    private final Feed<T> feed;
    private final Probe emitted;
    private final long limit;
    private final long endNanos;
    private final long startNanos;
    private final double nanosPerRecord;
    private long taken;
    private boolean expired;

    /** Opens the split's feed; the run's clock starts now. */
    public FeedCursor(FeedFactory<T> factory, JobOptions options, int split, int splits) {
        this.feed = factory.open(split, splits);
        this.emitted = new Probe(options, Probe.SOURCE, split);
        long share = options.count() / splits + (split < options.count() % splits ? 1 : 0);
        this.limit = options.count() == 0 ? Long.MAX_VALUE : share;
        this.startNanos = System.nanoTime();
        this.endNanos = options.millis() == 0
                ? startNanos + Long.MAX_VALUE / 2
                : startNanos + TimeUnit.MILLISECONDS.toNanos(options.millis());
        this.nanosPerRecord = options.rate() == 0 ? 0 : 1e9 * splits / options.rate();
    }

    /** True once a bound of the run is reached; then nothing may be taken. */
    public boolean isExhausted() {
        if ((taken & CLOCK_CHECK_MASK) == 0 || nanosPerRecord > 0) {
            expired = System.nanoTime() - endNanos >= 0;
        }
        return expired || taken >= limit;
    }

    /** True when the schedule allows the next record; always true without a rate. */
    public boolean isDue() {
        return nanosPerRecord == 0 || System.nanoTime() - dueNanos() >= 0;
    }

    /** Takes the next record; the caller has seen that it is due and that the run is not over. */
    public T take() {
        T value = feed.next(nanosPerRecord == 0 ? 0 : dueNanos());
        taken++;
        emitted.count(0);
        return value;
    }

    /** Completed by the JDK's timer thread when the next record is due. */
    public CompletableFuture<Void> whenDue() {
        if (isDue()) {
            return CompletableFuture.completedFuture(null);
        }
        long wait = dueNanos() - System.nanoTime();
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, Runnable::run));
    }

    /** Writes how many records were taken. */
    @Override
    public void close() {
        emitted.close();
    }

    private long dueNanos() {
        return startNanos + (long) (taken * nanosPerRecord);
    }
}
