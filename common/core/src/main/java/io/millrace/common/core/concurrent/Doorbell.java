package io.millrace.common.core.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls a guest of somebody else's thread, such as a Netty event loop, to its mailbox: any number of rings before the
 * guest answers are one task. Callers publish first and then {@link #wake}; the guest's task calls {@link #answer}
 * before it looks, so what is published after the look rings again.
 */
public final class Doorbell implements Waker {
    private final Executor thread;
    private final Runnable guest;
    private final AtomicBoolean rung = new AtomicBoolean();

    /**
     * @param thread runs the guest's task; once it refuses tasks, rings are ignored
     * @param guest looks for what was published
     */
    public Doorbell(Executor thread, Runnable guest) {
        this.thread = thread;
        this.guest = guest;
    }

    @Override
    public void wake() {
        // The exchange is a full fence: what the caller published is seen before the guest's last look, or this rings.
        if (rung.getAndSet(true)) {
            return;
        }
        try {
            thread.execute(guest);
        } catch (RejectedExecutionException ended) {
            // The owner's thread has ended, and with it everything that the mail was for.
            return;
        }
    }

    /** Guest's thread, before it looks. */
    public void answer() {
        rung.set(false);
    }
}
