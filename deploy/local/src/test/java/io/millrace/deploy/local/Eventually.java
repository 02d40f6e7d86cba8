package io.millrace.deploy.local;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that nobody signals, for a bounded time. */
final class Eventually {
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Eventually() {}

    /** @param seen what there is instead, for the error */
    static void await(Duration limit, String awaited, BooleanSupplier condition, Supplier<?> seen) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new AssertionError(
                        "Not within " + limit.toSeconds() + " s: " + awaited + ". There is: " + seen.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }
}
