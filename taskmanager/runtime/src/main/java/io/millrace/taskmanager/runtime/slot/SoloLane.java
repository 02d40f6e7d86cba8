package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.time.Clock;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import io.millrace.taskmanager.runtime.task.Task;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs one task alone, on the thread that its user code held up, from its detachment to its end or to the time when it
 * has not held its thread up for long. The task's channels and mails go on waking the slot, which looks and passes it
 * on. Owned by the task's thread, but for what says otherwise.
 */
final class SoloLane {
    /** A slot that is itself held up passes nothing on, hence a short one. */
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A step that takes longer, or has to wait for room, would have held others up. */
    private static final long LONG_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long a task has to do without long steps before it shares a thread again; longer each time. */
    private static final long FIRST_QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int QUIET_GROWTH = 8;
    private static final long MOST_QUIET_NANOS = TimeUnit.HOURS.toNanos(1);

    /** A task is built once and started once. */
    private static final int MAILS = 4;

    private final Task task;
    private final StepGuard guard;
    private final Clock clock;
    private final Signal signal = new Signal();
    private final Mailbox<Consumer<Task>> mails;
    private final Published<Boolean> cancelled = new Published<>(false);
    private final Published<Boolean> ended = new Published<>(false);

    private long neededQuietNanos;
    private long quietSinceNanos;
    private long lookedNanos;
    private boolean cancelTaken;
    /** How much of the current step was spent waiting for room. */
    private long parkedNanos;

    SoloLane(Task task, StepGuard guard, Clock clock) {
        this.task = task;
        this.guard = guard;
        this.clock = clock;
        this.mails = new Mailbox<>(task.name(), MAILS, signal);
    }

    /** Any thread: makes the task look at its channels. */
    void wake() {
        signal.wake();
    }

    /** Slot's thread: lets the task do something when it comes back. */
    void tell(Consumer<Task> action) {
        Check.invariant(mails.post(action), "a task gets few mails");
    }

    /** Any thread: cancels the task as soon as it comes back, or now if it waits for room. */
    void cancel() {
        cancelled.publish(true);
        signal.wake();
    }

    /** Any thread: whether the task and its thread are done. */
    boolean hasEnded() {
        return ended.read();
    }

    /** Whoever detached the task: whether that happened before. */
    boolean wasUsed() {
        return neededQuietNanos > 0;
    }

    /**
     * The task came back from where it was when it was detached: steps it on.
     *
     * @return whether it is to share the slot's thread again; else it has ended
     */
    boolean run() {
        neededQuietNanos = Math.max(FIRST_QUIET_NANOS, Math.min(MOST_QUIET_NANOS, QUIET_GROWTH * neededQuietNanos));
        quietSinceNanos = clock.nanoTime();
        lookedNanos = quietSinceNanos;
        flush();
        while (!task.state().isTerminal()) {
            if (lookedNanos - quietSinceNanos >= neededQuietNanos) {
                return true;
            }
            if (step() == 0) {
                signal.prepareToPark();
                if (step() > 0) {
                    signal.cancelPark();
                } else {
                    signal.park(Math.min(nanosToDeadline(), LONGEST_PARK_NANOS));
                }
            }
        }
        ended.publish(true);
        return false;
    }

    /** What was emitted so far is not to wait until user code that may block comes back the next time. */
    private void flush() {
        guard.enter();
        task.flush();
        leave();
    }

    private int step() {
        long now = clock.nanoTime();
        guard.enter();
        parkedNanos = 0;
        int work = takeMails() + task.step(now);
        work += task.flush() ? 1 : 0;
        long after = now;
        if (work > 0) {
            after = clock.nanoTime();
            task.addBusy(after - now - parkedNanos);
            if (after - now >= LONG_STEP_NANOS || parkedNanos > 0) {
                quietSinceNanos = after;
            }
        }
        lookedNanos = after;
        leave();
        return work;
    }

    private void leave() {
        boolean own = guard.exit();
        assert own : "a task is detached once";
    }

    /** Task's thread, inside of it: does what it was told while it was away. @return how much */
    int takeMails() {
        int taken = 0;
        Consumer<Task> mail;
        while ((mail = mails.poll()) != null) {
            mail.accept(task);
            taken++;
        }
        if (!cancelTaken && cancelled.read()) {
            cancelTaken = true;
            task.cancel();
            taken++;
        }
        return taken;
    }

    private long nanosToDeadline() {
        long deadline = task.nextDeadlineNanos();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - clock.nanoTime();
    }

    /**
     * Inside of user code that emits more than there is room for: waits until the task's outputs have room.
     *
     * @throws io.millrace.common.core.error.MillraceException if the task is cancelled or an output breaks meanwhile
     */
    void awaitRoom() {
        long began = clock.nanoTime();
        long now = began;
        boolean interrupted = false;
        try {
            while (!task.makeRoom(now)) {
                if (cancelled.read()) {
                    throw task.stop(stopped());
                }
                signal.prepareToPark();
                if (cancelled.read() || task.makeRoom(now)) {
                    signal.cancelPark();
                } else {
                    signal.park(LONGEST_PARK_NANOS);
                }
                // Room comes, or a cancel: whoever else interrupts this thread means the user code around.
                interrupted |= Thread.interrupted();
                now = clock.nanoTime();
            }
        } finally {
            parkedNanos += now - began;
            task.addParked(now - began);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Problem stopped() {
        return Problem.of(RuntimeErrors.TASK_CANCELED, "Task '" + task.name() + "' emits nothing more")
                .because("it was cancelled while it waited for room in its outputs")
                .fix("Let this exception pass; it ends the task");
    }
}
