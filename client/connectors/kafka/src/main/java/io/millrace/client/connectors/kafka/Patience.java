package io.millrace.client.connectors.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Repeats calls that fail for a while, as they do while brokers are away, until the limit is over. Blocks its caller.
 *
 * @param limit how long a cluster may be away
 * @param nanoTime a monotonic clock
 * @param pause waits between two tries
 */
public record Patience(Duration limit, LongSupplier nanoTime, Pause pause) {
    /** Longer than brokers take to restart or fail over; a job is not to fail because of that. */
    private static final Duration OUTAGE = Duration.ofMinutes(3);

    /** Of real time. */
    public static Patience ofRealTime() {
        return new Patience(OUTAGE, System::nanoTime, () -> TimeUnit.MILLISECONDS.sleep(200));
    }

    /** A call of Kafka's clients. */
    @FunctionalInterface
    public interface Call<R> {
        R call() throws InterruptedException;
    }

    /** A short wait. */
    @FunctionalInterface
    public interface Pause {
        void pause() throws InterruptedException;
    }

    /** @throws RetriableException the last failure, when the limit is over */
    public <R> R call(Call<R> call) throws InterruptedException {
        long start = nanoTime.getAsLong();
        while (true) {
            try {
                return call.call();
            } catch (InterruptException e) {
                throw interrupted(e);
            } catch (RetriableException e) {
                if (nanoTime.getAsLong() - start >= limit.toNanos()) {
                    throw e;
                }
                pause.pause();
            }
        }
    }

    /** Kafka's unchecked exception of an interrupt as Java's. */
    public static InterruptedException interrupted(InterruptException e) {
        Thread.interrupted();
        InterruptedException checked = new InterruptedException(e.getMessage());
        checked.initCause(e);
        return checked;
    }
}
