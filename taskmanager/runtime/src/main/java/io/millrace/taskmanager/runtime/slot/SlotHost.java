package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The thread of one slot. It steps the slot while there is work and rests otherwise: parked on its {@link Signal}, or
 * in short naps while records trickle in. A watcher on another thread sees to cancellations that user code holds up: it
 * interrupts that code after a second and reports it after thirty.
 */
public final class SlotHost implements AutoCloseable {
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long INTERRUPT_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STUCK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long CLOSE_TIMEOUT_SECONDS = 10;

    private final Slot slot;
    private final Signal signal;
    private final Clock clock;
    private final BiConsumer<Slot, Throwable> onFailure;
    private final Thread thread;
    private final WakeModeration moderation = new WakeModeration();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    /** Watcher's thread: when each pending cancellation was helped along last, and those reported as stuck. */
    private final Map<SubtaskId, Long> interruptedAt = new HashMap<>();

    private final Set<SubtaskId> reported = new HashSet<>();

    /**
     * @param signal the slot's own
     * @param onFailure told of a failure of the slot itself, which is a bug; runs on the slot's thread, which then ends
     */
    public SlotHost(Slot slot, Signal signal, Clock clock, BiConsumer<Slot, Throwable> onFailure) {
        this.slot = slot;
        this.signal = signal;
        this.clock = clock;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, slot.name());
        this.thread.setDaemon(true);
    }

    public SlotHost start() {
        thread.start();
        return this;
    }

    /**
     * To be called several times a second, always by the same thread: interrupts user code that a cancellation has
     * waited for.
     *
     * @param onStuck told once of each task whose user code ignores that for 30 s
     */
    public void watch(long nowNanos, Consumer<SubtaskId> onStuck) {
        Set<SubtaskId> pending = new HashSet<>();
        for (PendingCancel cancel : slot.pendingCancels()) {
            SubtaskId task = cancel.task();
            pending.add(task);
            long helped = interruptedAt.getOrDefault(task, cancel.sinceNanos());
            if (nowNanos - helped >= INTERRUPT_AFTER_NANOS && slot.interrupt(task, thread)) {
                interruptedAt.put(task, nowNanos);
            }
            if (nowNanos - cancel.sinceNanos() >= STUCK_AFTER_NANOS && reported.add(task)) {
                onStuck.accept(task);
            }
        }
        interruptedAt.keySet().retainAll(pending);
        reported.retainAll(pending);
    }

    /** Where the slot's thread is, for the report of a stuck task. */
    public StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }

    /** Asks the slot to stop after the current step, without waiting for it. */
    public void stop() {
        stopping = true;
        signal.wake();
        LockSupport.unpark(thread);
    }

    /**
     * Stops after the current step, cancels what is left on the slot's thread and waits up to ten seconds for that.
     * User code that does not come back is interrupted once a second.
     */
    @Override
    public void close() {
        Check.invariant(Thread.currentThread() != thread, "a slot does not close itself");
        stop();
        if (!thread.isAlive()) {
            return;
        }
        try {
            for (int second = 0; second < CLOSE_TIMEOUT_SECONDS; second++) {
                if (ended.await(INTERRUPT_AFTER_NANOS, TimeUnit.NANOSECONDS)) {
                    return;
                }
                thread.interrupt();
            }
            onFailure.accept(slot, new IllegalStateException(slot.name() + " did not stop in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            slot.onStart();
            while (!stopping) {
                if (slot.step(clock.nanoTime()) == 0) {
                    rest();
                }
            }
            slot.onClose();
        } catch (Throwable failure) {
            onFailure.accept(slot, failure);
        } finally {
            ended.countDown();
        }
    }

    private void rest() {
        if (moderation.isNapping()) {
            // Whoever brings work sees a host that is awake, and wakes nobody.
            LockSupport.parkNanos(this, Math.min(nanosToDeadline(), WakeModeration.NAP_NANOS));
            moderation.napped(slot.step(clock.nanoTime()) > 0);
        } else {
            parkUnlessWorkArrived();
        }
    }

    private void parkUnlessWorkArrived() {
        signal.prepareToPark();
        if (stopping || slot.step(clock.nanoTime()) > 0) {
            signal.cancelPark();
            return;
        }
        signal.park(Math.min(nanosToDeadline(), LONGEST_PARK_NANOS));
        moderation.woken(clock.nanoTime());
    }

    private long nanosToDeadline() {
        long deadline = slot.nextDeadlineNanos();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - clock.nanoTime();
    }
}
