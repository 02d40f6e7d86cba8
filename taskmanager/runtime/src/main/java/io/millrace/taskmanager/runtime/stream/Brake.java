package io.millrace.taskmanager.runtime.stream;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one task from taking its next element: an output without room, a firing that is not complete, a failure, a
 * stop whose fate is not known. One plain flag sums them up, so that looking at it after every element costs next to
 * nothing. Owned by the slot's thread.
 */
public final class Brake {
    /** What a step may emit beyond the room of its outputs before its user code has to wait. */
    private static final long MAX_EXCESS_BYTES = 1 << 20;

    /** What an element counts whose size nobody knows, since it is not written to bytes. */
    public static final int NOMINAL_ELEMENT_BYTES = 64;

    private int blockedOutputs;
    private @Nullable Firing firing;
    private @Nullable MillraceException failure;
    private Relief relief = Relief.NONE;
    /** Bytes given to outputs without room since all had room last. */
    private long excessBytes;

    private boolean held;

    private boolean on;

    /** Whether the task must not take another element now. */
    public boolean isOn() {
        return on;
    }

    /** Whether an output has no room; a firing then stops, too. A failure counts as well. */
    public boolean isOutputBlocked() {
        return blockedOutputs > 0 || failure != null;
    }

    /** One more output has no room. */
    public void outputBlocked() {
        blockedOutputs++;
        on = true;
    }

    /** Sets where user code waits that emits far too much within one step. */
    public void setRelief(Relief newRelief) {
        relief = newRelief;
    }

    /**
     * More was given to an output that has no room, which keeps it. To be called last: room may have come meanwhile.
     *
     * @param bytes how much; {@link #NOMINAL_ELEMENT_BYTES} per element where that is not known
     */
    public void overflowed(long bytes) {
        excessBytes += bytes;
        if (excessBytes > MAX_EXCESS_BYTES) {
            relief.awaitRoom();
        }
    }

    /** An output that had no room has room again. */
    public void outputFreed() {
        blockedOutputs--;
        assert blockedOutputs >= 0;
        if (blockedOutputs == 0) {
            excessBytes = 0;
        }
        release();
    }

    /** Nothing is taken and nothing fires until {@link #letGo}. */
    public void hold() {
        held = true;
        on = true;
    }

    public void letGo() {
        held = false;
        release();
    }

    /** Whether a barrier may pass: no firing is open, and nothing holds the task but outputs without room. */
    public boolean letsBarriersPass() {
        return firing == null && failure == null && !held;
    }

    public boolean isHeld() {
        return held;
    }

    public @Nullable Firing firing() {
        return firing;
    }

    public void open(Firing incomplete) {
        Check.invariant(firing == null, "a task has one open firing at most");
        firing = incomplete;
        on = true;
    }

    /** Takes the open firing out, to be resumed. */
    public @Nullable Firing takeFiring() {
        Firing taken = firing;
        firing = null;
        release();
        return taken;
    }

    /**
     * Remembers the task's first failure and stops it, even if user code between here and the task loop swallows the
     * exception.
     *
     * @return the failure to throw
     */
    public MillraceException fail(MillraceException cause) {
        if (failure == null) {
            failure = cause;
        }
        on = true;
        return cause;
    }

    public @Nullable MillraceException failure() {
        return failure;
    }

    private void release() {
        on = blockedOutputs > 0 || firing != null || failure != null || held;
    }
}
