package io.millrace.common.core.concurrent;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable value that several threads change by pure functions: for rare things such as opening and closing, never
 * per record or per buffer.
 */
public final class Shared<T> {
    private final AtomicReference<T> latest;

    public Shared(T initial) {
        this.latest = new AtomicReference<>(initial);
    }

    public T read() {
        return latest.getAcquire();
    }

    /**
     * Replaces the value by what {@code change} makes of it, all at once.
     *
     * @param change pure, since it may be called several times; returns null to leave the value as it is
     * @return whether the value was replaced
     */
    public boolean change(Function<T, @Nullable T> change) {
        while (true) {
            T before = latest.get();
            T after = change.apply(before);
            if (after == null) {
                return false;
            }
            if (latest.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
