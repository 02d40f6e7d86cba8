package io.millrace.common.core.concurrent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one parked host. Producers publish their item first and then call {@link #wake}; the host calls
 * {@link #prepareToPark}, looks once more for items, and only then calls {@link #park}. A wake-up between the two is
 * never lost, and waking a host that is not parked costs one fence and one read.
 */
public final class Signal implements Waker {
    private static final int AWAKE = 0;
    private static final int PARKING = 1;

    private final AtomicInteger state = new AtomicInteger(AWAKE);
    private volatile @Nullable Thread owner;

    /** Any thread: makes the host look again. */
    @Override
    public void wake() {
        // The item was published with a release store; without this fence the read of the state could pass it.
        java.lang.invoke.VarHandle.fullFence();
        if (state.get() == PARKING && state.compareAndSet(PARKING, AWAKE)) {
            LockSupport.unpark(owner);
        }
    }

    /**
     * Host's thread: announces that it is about to park. What was published before this call must be looked for after
     * it.
     */
    public void prepareToPark() {
        owner = Thread.currentThread();
        state.set(PARKING);
    }

    /** Host's thread: takes the announcement back because an item was found. */
    public void cancelPark() {
        state.set(AWAKE);
    }

    /** Host's thread: parks until woken, interrupted, or for {@code nanos}; may return early. */
    public void park(long nanos) {
        if (state.get() == PARKING && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        state.set(AWAKE);
    }
}
