package io.millrace.taskmanager.runtime.slot;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a thread is in one task, so that others can act on that task and on nobody else. An interrupt that was
 * begun while the task was running is waited for, and wiped, before the thread goes on. A task that does not come back
 * is detached: its thread keeps it alone and finds that out when it leaves. Costs one store and one compare-and-set per
 * step, and no more for being watched: the watcher leaves its mark on a stay, and the next stay begins without.
 */
final class StepGuard {
    private static final int INSIDE = 1;
    /** The watcher has seen this stay before. */
    private static final int SEEN = 2;

    private static final int INTERRUPTING = 4;
    private static final int INTERRUPTED = 8;
    /** The task does not share its thread. */
    private static final int DETACHED = 16;

    /** A pause of the whole process between two looks is nobody's fault: it counts as this much. */
    private static final long LONGEST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final AtomicInteger state = new AtomicInteger();

    /** Task's thread, which writes it before it is inside; others read it only while it is. */
    private @Nullable Thread thread;
    /** Task's thread: the state while it is not inside. */
    private int outside;

    /** Watcher's thread: how long the stay lasts that it has seen, and when it looked last. */
    private long heldNanos;

    private long lookedNanos;

    /** Task's thread: user code of the task may run from now on. */
    void enter() {
        thread = Thread.currentThread();
        state.set(outside | INSIDE);
    }

    /**
     * Task's thread: user code of the task no longer runs.
     *
     * @return false if the task was detached meanwhile: the thread keeps the task, and must not touch anything else
     */
    boolean exit() {
        return state.compareAndSet(outside | INSIDE, outside) || exitMarked();
    }

    private boolean exitMarked() {
        int left = state.get();
        while ((left & INTERRUPTING) != 0 || !state.compareAndSet(left, left & DETACHED)) {
            Thread.onSpinWait();
            left = state.get();
        }
        if ((left & INTERRUPTED) != 0) {
            boolean wiped = Thread.interrupted();
            assert wiped || !Thread.currentThread().isInterrupted();
        }
        boolean owner = (left & DETACHED) == outside;
        outside = left & DETACHED;
        return owner;
    }

    /** Watcher's thread: how long the task has held a thread that it shares, as far as the watcher saw. */
    long heldNanos(long nowNanos) {
        int seen = state.get();
        if ((seen & (INSIDE | DETACHED)) != INSIDE) {
            return 0;
        }
        if ((seen & SEEN) == 0) {
            state.compareAndSet(seen, seen | SEEN);
            heldNanos = 0;
        } else {
            heldNanos += Math.min(nowNanos - lookedNanos, LONGEST_GAP_NANOS);
        }
        lookedNanos = nowNanos;
        return heldNanos;
    }

    /**
     * Watcher's thread: gives the task to the thread that is in it, if that is still the stay that was seen.
     *
     * @return whether the caller has to find another thread for the slot
     */
    boolean detachSeen() {
        return detach(INSIDE | SEEN);
    }

    /** Task's thread, inside: keeps the task alone. @return whether the caller has to find another thread */
    boolean detach() {
        return detach(INSIDE);
    }

    /**
     * The hand-over of a slot. What the thread wrote before it entered the task is visible after this compare-and-set,
     * and to the thread that the caller starts then; inside, the thread touches the task alone; and when it leaves it
     * learns by its own compare-and-set that the rest is not its own any more.
     */
    private boolean detach(int required) {
        int seen = state.get();
        while ((seen & (required | DETACHED)) == required) {
            if (state.compareAndSet(seen, seen | DETACHED)) {
                return true;
            }
            seen = state.get();
        }
        return false;
    }

    /** Task's own thread, outside, as the last thing it does with a task that is to share a thread again. */
    void attach() {
        outside = 0;
        state.set(0);
    }

    /** Task's own thread, outside: the task could not be attached after all. */
    void stayDetached() {
        outside = DETACHED;
        state.set(DETACHED);
    }

    /** Task's thread, inside: whether it keeps the task alone. */
    boolean isDetached() {
        return (state.get() & DETACHED) != 0;
    }

    /** Any thread: interrupts the thread that is in the task. @return whether there was one */
    boolean interrupt() {
        int seen = state.get();
        while ((seen & (INSIDE | INTERRUPTING)) == INSIDE) {
            if (state.compareAndSet(seen, seen | INTERRUPTING)) {
                Thread inside = thread;
                if (inside != null) {
                    inside.interrupt();
                }
                state.updateAndGet(marked -> (marked & ~INTERRUPTING) | INTERRUPTED);
                return true;
            }
            seen = state.get();
        }
        return false;
    }

    /** Any thread: the thread that is in the task, for reports; null if there is none. */
    @Nullable
    Thread inside() {
        return (state.get() & INSIDE) != 0 ? thread : null;
    }
}
