package io.millrace.common.core.concurrent;

import java.util.concurrent.atomic.AtomicLong;

/** The latest value of one owner's number, readable by any thread. Only the owner's thread publishes. */
public final class PublishedLong {
    private final AtomicLong latest;

    public PublishedLong(long initial) {
        this.latest = new AtomicLong(initial);
    }

    /** Owner's thread: everything it did before is seen by who reads this value. */
    public void publish(long value) {
        latest.setRelease(value);
    }

    public long read() {
        return latest.getAcquire();
    }
}
