package io.millrace.common.core.concurrent;

import java.util.concurrent.atomic.AtomicReference;

/** The latest immutable value of one owner, readable by any thread. Only the owner's thread publishes. */
public final class Published<T> {
    private final AtomicReference<T> latest;

    public Published(T initial) {
        this.latest = new AtomicReference<>(initial);
    }

    public void publish(T value) {
        latest.setRelease(value);
    }

    public T read() {
        return latest.getAcquire();
    }
}
