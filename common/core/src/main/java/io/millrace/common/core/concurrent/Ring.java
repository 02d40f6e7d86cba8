package io.millrace.common.core.concurrent;

import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one thread to one other (or the same) thread. Offering wakes the consumer's host; polling from a
 * full ring wakes the producer's, so that a producer that waits for room is stepped again.
 */
public final class Ring<T> {
    private final SpscArrayQueue<T> queue;
    private final Waker consumer;
    private final Waker producer;

    /**
     * @param capacity how many items may wait; rounded up to a power of two
     * @param consumer wakes the host of the thread that polls
     * @param producer wakes the host of the thread that offers
     */
    public Ring(int capacity, Waker consumer, Waker producer) {
        this.queue = new SpscArrayQueue<>(capacity);
        this.consumer = consumer;
        this.producer = producer;
    }

    /** Producer's thread. @return false if the ring is full; the item was then not taken */
    public boolean offer(T item) {
        if (!queue.offer(item)) {
            return false;
        }
        consumer.wake();
        return true;
    }

    /** Consumer's thread: the next item, or null if the ring is empty. */
    public @Nullable T poll() {
        T item = queue.poll();
        if (item != null) {
            producer.wake();
        }
        return item;
    }

    /** Any thread: a moment's view of whether items wait. False is certain for the consumer. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** A moment's view of how many items wait. */
    public int size() {
        return queue.size();
    }

    public int capacity() {
        return queue.capacity();
    }
}
