package io.millrace.common.core.concurrent;

import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from many threads to one agent. {@link #post} may be called by any thread, {@link #poll} only by the
 * agent's host. Posting wakes the host.
 */
public final class Mailbox<T> {
    private final String name;
    private final MpscArrayQueue<T> queue;
    private final Signal signal;

    /**
     * @param name for errors and metrics
     * @param capacity how many mails may wait; rounded up to a power of two
     * @param signal wakes the owner's host
     */
    public Mailbox(String name, int capacity, Signal signal) {
        this.name = name;
        this.queue = new MpscArrayQueue<>(capacity);
        this.signal = signal;
    }

    public String name() {
        return name;
    }

    /** @return false if the mailbox is full; the mail was then not taken and the sender decides what that means */
    public boolean post(T mail) {
        boolean taken = queue.offer(mail);
        signal.wake();
        return taken;
    }

    /** The next mail in order of arrival, or null if there is none. */
    public @Nullable T poll() {
        return queue.poll();
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    public int size() {
        return queue.size();
    }
}
