package io.millrace.common.core.concurrent;

import java.util.Queue;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscChunkedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from many threads to one agent. {@link #post} may be called by any thread, {@link #poll} only by the
 * agent's host. Posting wakes the host.
 */
public final class Mailbox<T> {
    private final String name;
    private final Queue<T> queue;
    private final Waker owner;

    /**
     * @param name for errors and metrics
     * @param capacity how many mails may wait; rounded up to a power of two
     * @param owner wakes the owner's host
     */
    public Mailbox(String name, int capacity, Waker owner) {
        this(name, new MpscArrayQueue<>(capacity), owner);
    }

    private Mailbox(String name, Queue<T> queue, Waker owner) {
        this.name = name;
        this.queue = queue;
        this.owner = owner;
    }

    /**
     * A mailbox whose bound is far above what usually waits.
     *
     * @param step mails that it has room for at first, and by how many it grows when they do not suffice
     * @param capacity how many mails may wait at most; rounded up to a power of two
     */
    public static <T> Mailbox<T> growing(String name, int step, int capacity, Waker owner) {
        return new Mailbox<>(name, new MpscChunkedArrayQueue<>(step, capacity), owner);
    }

    public String name() {
        return name;
    }

    /** @return false if the mailbox is full; the mail was then not taken and the sender decides what that means */
    public boolean post(T mail) {
        boolean taken = queue.offer(mail);
        owner.wake();
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
