package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.eventtime.RelativeClock;
import io.millrace.common.core.time.Clock;

/**
 * One task's view of time. The clocks are read once per step at most, so everything within a step happens at the same
 * time; processing time never goes back. Owned by the slot's thread.
 */
public final class TaskTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final StepBudget budget;
    private long nanos;
    private long processingTime = Long.MIN_VALUE;
    private boolean processingTimeRead;
    private boolean blocked;
    private long blockedNanos;
    private long parkedNanos;

    public TaskTime(Clock clock) {
        this.clock = clock;
        this.nanos = clock.nanoTime();
        this.budget = new StepBudget(clock);
    }

    /** Starts a step. The time since the last one counts as blocked if that one ended so. */
    public void advance(long nowNanos) {
        blockedNanos += blocked ? Math.max(0, nowNanos - nanos) : parkedNanos;
        parkedNanos = 0;
        nanos = nowNanos;
        processingTimeRead = false;
        budget.begin(nowNanos);
    }

    /** What is left of the step. */
    public StepBudget budget() {
        return budget;
    }

    /** Says whether the task cannot take elements from now on because of its outputs. */
    public void setBlocked(boolean nowBlocked) {
        blocked = nowBlocked;
    }

    /** So much of the current step was spent inside of an emission, waiting for room. */
    public void addParked(long moreNanos) {
        parkedNanos += moreNanos;
    }

    /** The host's nanos at the start of the step. */
    public long nanos() {
        return nanos;
    }

    /** The host's nanos read anew: for user code that paces itself. */
    public long currentNanos() {
        return clock.nanoTime();
    }

    /** Time spent waiting for room in an output. */
    public long blockedNanos() {
        return blockedNanos + parkedNanos;
    }

    /** Processing time as of this step: milliseconds since 1970-01-01T00:00Z. */
    public long processingTime() {
        if (!processingTimeRead) {
            processingTime = Math.max(processingTime, clock.epochMillis());
            processingTimeRead = true;
        }
        return processingTime;
    }

    /** Processing time read anew: for user code, which may itself take long. */
    public long currentProcessingTime() {
        processingTimeRead = false;
        return processingTime();
    }

    /**
     * When, in the host's nanos, processing time will have reached {@code epochMillis}; {@code Long.MAX_VALUE} for
     * never.
     */
    public long nanosAt(long epochMillis) {
        if (epochMillis == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long now = processingTime();
        if (epochMillis <= now) {
            return nanos;
        }
        long wait = epochMillis - now;
        return wait < 0 || wait > Long.MAX_VALUE / NANOS_PER_MILLI / 2
                ? Long.MAX_VALUE
                : nanos + wait * NANOS_PER_MILLI;
    }

    /** A clock that stands still while the task waits for room in an output. */
    public RelativeClock activityClock() {
        return () -> nanos - blockedNanos;
    }
}
