package io.millrace.taskmanager.runtime.slot;

import java.util.concurrent.TimeUnit;

/**
 * Decides how an idle slot rests. Usually it waits to be woken and is there within microseconds. Under a steady trickle
 * of records every one would be such a wake-up, and the machine would spend its time on switching threads; then the
 * slot naps for a fixed short time in which nobody needs to wake it, and finds several records together. Network cards
 * do the same with their interrupts (NAPI, interrupt coalescing). For the slot's thread; a decision, no clock and no
 * thread.
 */
final class WakeModeration {
    /** How long a nap is: the delay that a record may meet on each hop of a busy stream. */
    static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** A wake-up this soon after the one before is one of a trickle. */
    private static final long SOON_NANOS = 2 * NAP_NANOS;

    private static final int SOON_WAKES_TO_NAP = 16;
    private static final int IDLE_NAPS_TO_WAIT = 4;

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private long lastWakeNanos = LONG_AGO;
    private int soonWakes;
    private int idleNaps;
    private boolean napping;

    /** Whether the slot is to nap, not to wait. */
    boolean isNapping() {
        return napping;
    }

    /** The slot waited, and was woken at {@code nowNanos}. */
    void woken(long nowNanos) {
        soonWakes = nowNanos - lastWakeNanos < SOON_NANOS ? soonWakes + 1 : 0;
        lastWakeNanos = nowNanos;
        if (soonWakes >= SOON_WAKES_TO_NAP) {
            napping = true;
            idleNaps = 0;
        }
    }

    /** The slot napped, and found work afterwards or not. */
    void napped(boolean foundWork) {
        idleNaps = foundWork ? 0 : idleNaps + 1;
        if (idleNaps >= IDLE_NAPS_TO_WAIT) {
            napping = false;
            soonWakes = 0;
        }
    }
}
