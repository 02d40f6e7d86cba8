package io.millrace.common.core.concurrent;

import org.jctools.queues.MpmcArrayQueue;
import org.jspecify.annotations.Nullable;

/** A bounded store of interchangeable things that any thread takes and any thread gives back. */
public final class FreeList<T> {
    private final MpmcArrayQueue<T> items;

    /** @param capacity how many things it can hold; rounded up to a power of two */
    public FreeList(int capacity) {
        this.items = new MpmcArrayQueue<>(Math.max(2, capacity));
    }

    /** One of the things, now the caller's, or null if all are taken. */
    public @Nullable T take() {
        return items.poll();
    }

    /** @return false if there is no room; the thing then stays the caller's */
    public boolean give(T item) {
        return items.offer(item);
    }

    /** A moment's view of how many things are here. */
    public int size() {
        return items.size();
    }
}
