package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The thread of one slot. It steps the slot while there is work and rests otherwise: parked on its {@link Signal}, or
 * in short naps while records trickle in.
 *
 * <p>A task whose user code does not come back within 100 ms, or emits far more than there is room for, keeps the
 * thread that it is on, and the slot goes on on a new one. At each moment one thread owns the slot; {@link StepGuard}
 * hands it over. Once the task has not held its thread up for a while it comes back: functions that take long to open
 * and a machine that was slow to start are no reason to go on with more threads than cores.
 */
public final class SlotHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotHost.class);
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HELD_TOO_LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long closing waits before it interrupts user code, how often it does so, and how many times. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final long NUDGE_MILLIS = 100;
    private static final int MOST_NUDGES = 90;

    private final Slot slot;
    private final Signal signal;
    private final Clock clock;
    private final BiConsumer<Slot, Throwable> onFailure;
    private final CancelHelp cancelHelp;
    private final WakeModeration moderation = new WakeModeration();
    private final Shared<List<Thread>> threads = new Shared<>(List.of());
    private volatile boolean stopping;

    /**
     * @param signal the slot's own
     * @param onFailure told of a failure of the slot itself, which is a bug; runs on the slot's thread, which then ends
     */
    public SlotHost(Slot slot, Signal signal, Clock clock, BiConsumer<Slot, Throwable> onFailure) {
        this.slot = slot;
        this.signal = signal;
        this.clock = clock;
        this.onFailure = onFailure;
        this.cancelHelp = new CancelHelp(slot);
        slot.moveBy(this::moveFromOverflowing);
    }

    public SlotHost start() {
        launch(slot.name(), slot::onStart);
        return this;
    }

    /**
     * To be called about every 50 ms, always by the same thread: moves the slot away from user code that does not come
     * back, interrupts it a second after it was cancelled, and gives it up after thirty.
     */
    public void watch(long nowNanos) {
        for (Occupant occupant : slot.occupants()) {
            long held = occupant.guard().heldNanos(nowNanos);
            if (held >= HELD_TOO_LONG_NANOS && occupant.guard().detachSeen()) {
                move(occupant, "user code held the slot for " + TimeUnit.NANOSECONDS.toMillis(held) + " ms");
            }
        }
        cancelHelp.help(nowNanos);
    }

    /** Task's thread, inside of its user code. @return whether the task has this thread for itself now */
    private boolean moveFromOverflowing(Occupant occupant) {
        boolean mine = occupant.guard().detach();
        if (mine) {
            move(occupant, "user code emitted 1 MiB more than there was room for");
        }
        return mine;
    }

    /**
     * Whoever detached {@code occupant} and with it owns the slot: the slot gets another thread. That one is not given
     * the occupant, because a thread keeps what it was started with until it ends.
     */
    private void move(Occupant occupant, String why) {
        LOG.atLevel(occupant.lane().wasUsed() ? Level.DEBUG : Level.INFO)
                .log(
                        "event=task-detached slot={} job={} task=\"{}\" why=\"{}\"",
                        slot.name(),
                        occupant.task().id().job(),
                        occupant.task().name(),
                        why);
        Thread kept = occupant.guard().inside();
        if (kept != null) {
            kept.setName(slot.name() + "-alone-" + occupant.task().name());
        }
        slot.moved(occupant);
        launch(slot.name(), () -> {});
    }

    /** What the caller did so far is visible to the new thread. */
    private void launch(String name, Runnable first) {
        Thread thread = new Thread(() -> run(first), name);
        thread.setDaemon(true);
        threads.change(known -> {
            List<Thread> all = living(known);
            all.add(thread);
            return all;
        });
        try {
            thread.start();
        } catch (Throwable noThread) {
            onFailure.accept(slot, noThread);
        }
    }

    private static List<Thread> living(List<Thread> known) {
        List<Thread> living = new ArrayList<>(known);
        living.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        return living;
    }

    /** Asks the slot to stop after the current step, without waiting for it. */
    public void stop() {
        for (Occupant occupant : slot.occupants()) {
            slot.news().cancelAsked(occupant.task().id(), clock.nanoTime());
        }
        stopping = true;
        signal.wake();
        threads.read().forEach(LockSupport::unpark);
    }

    /**
     * Stops after the current step, cancels what is left on its threads, interrupts what is left after a second, and
     * waits up to ten seconds for all that.
     */
    @Override
    public void close() {
        Check.invariant(!threads.read().contains(Thread.currentThread()), "a slot does not close itself");
        stop();
        try {
            boolean ended = joinAll(PATIENCE_MILLIS);
            for (int nudges = 0; nudges < MOST_NUDGES && !ended; nudges++) {
                slot.occupants().forEach(occupant -> occupant.guard().interrupt());
                ended = joinAll(NUDGE_MILLIS);
            }
            if (ended && slot.hasMail()) {
                // A task came back when the slot had ended.
                launch(slot.name(), () -> {});
                ended = joinAll(PATIENCE_MILLIS);
            }
            if (ended) {
                return;
            }
            onFailure.accept(slot, new IllegalStateException(slot.name() + " did not stop in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if one of the threads did not end within that time */
    private boolean joinAll(long millis) throws InterruptedException {
        List<Thread> left = living(threads.read());
        while (!left.isEmpty()) {
            signal.wake();
            left.forEach(LockSupport::unpark);
            left.get(0).join(millis);
            if (left.get(0).isAlive()) {
                return false;
            }
            left = living(threads.read());
        }
        return true;
    }

    private void run(Runnable first) {
        try {
            first.run();
            while (!stopping) {
                if (slot.step(clock.nanoTime()) == 0) {
                    rest();
                }
            }
            slot.onClose();
        } catch (TaskDetached detached) {
            runAlone(detached.kept());
        } catch (Throwable failure) {
            onFailure.accept(slot, failure);
        }
    }

    /** This thread has lost the slot and kept a task. */
    private void runAlone(Occupant kept) {
        try {
            boolean back;
            do {
                back = kept.lane().run();
            } while (back && !slot.takeBack(kept));
            signal.wake();
        } catch (Throwable failure) {
            onFailure.accept(slot, failure);
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
