package io.millrace.taskmanager.runtime.slot;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says which task a slot's thread is in, so that an interrupt meets that task or nobody: an interrupt that was begun
 * while the task was running is waited for, and wiped, before the next task runs. Costs one store and one
 * compare-and-set per step.
 */
final class StepGuard {
    private final AtomicReference<@Nullable Mark> place = new AtomicReference<>();

    /** One task's marks; made once per task. */
    static final class Seat {
        private final Mark running = new Mark(this);
        private final Mark interrupting = new Mark(this);
        private final Mark interrupted = new Mark(this);
    }

    private static final class Mark {
        private final Seat seat;

        Mark(Seat seat) {
            this.seat = seat;
        }
    }

    /** Slot's thread: user code of a task may run from now on. */
    void enter(Seat seat) {
        place.set(seat.running);
    }

    /** Slot's thread: user code of the task no longer runs. */
    void exit(Seat seat) {
        if (place.compareAndSet(seat.running, null)) {
            return;
        }
        while (place.get() != seat.interrupted) {
            Thread.onSpinWait();
        }
        boolean wiped = Thread.interrupted();
        assert wiped || !Thread.currentThread().isInterrupted();
        place.set(null);
    }

    /** Any thread: interrupts {@code thread} if it is in user code of {@code seat}'s task. @return whether it was */
    boolean interrupt(Seat seat, Thread thread) {
        Mark seen = place.get();
        boolean inside = seen != null && seen.seat == seat && seen != seat.interrupting;
        if (!inside || !place.compareAndSet(seen, seat.interrupting)) {
            return false;
        }
        thread.interrupt();
        place.set(seat.interrupted);
        return true;
    }

    /** Any thread: whether the thread is in user code of {@code seat}'s task. */
    boolean isIn(Seat seat) {
        Mark seen = place.get();
        return seen != null && seen.seat == seat;
    }
}
