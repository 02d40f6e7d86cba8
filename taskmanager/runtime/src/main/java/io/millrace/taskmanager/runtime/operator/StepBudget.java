package io.millrace.taskmanager.runtime.operator;

import io.millrace.common.core.time.Clock;

/**
 * Keeps a task's step short whatever its user code costs. Elements are counted in quanta and the clock is read once per
 * quantum; a quantum grows while it takes little time and shrinks to a single element when that takes long. Owned by
 * the slot's thread.
 */
public final class StepBudget {
    /** Beyond it the slot's other tasks, and the flush of this one's outputs, would wait too long. */
    private static final long STEP_NANOS = 250_000;

    /** Bounds a step also where the clock stands still, as in a simulation. */
    private static final int STEP_QUANTA = 16;

    private static final long SHORT_QUANTUM_NANOS = 30_000;
    private static final long LONG_QUANTUM_NANOS = 100_000;
    private static final int MAX_QUANTUM = 512;

    private final Clock clock;
    private int quantum = 1;
    private int left = 1;
    private long stepStart;
    private long quantumStart;
    private int quanta;
    private boolean over;

    StepBudget(Clock clock) {
        this.clock = clock;
    }

    /** A step begins. */
    void begin(long nowNanos) {
        stepStart = nowNanos;
        quantumStart = nowNanos;
        left = quantum;
        quanta = 0;
        over = false;
    }

    /** How many elements may be taken before {@link #spend} is called; at least 1 while the step is not over. */
    public int left() {
        return left;
    }

    /** So many elements, timers or keys were worked on. */
    public void spend(int elements) {
        left -= elements;
        if (left <= 0) {
            readClock();
        }
    }

    private void readClock() {
        long now = clock.nanoTime();
        long taken = now - quantumStart;
        if (taken <= SHORT_QUANTUM_NANOS) {
            quantum = Math.min(MAX_QUANTUM, 2 * quantum);
        } else if (taken > LONG_QUANTUM_NANOS) {
            quantum = (int) Math.max(1, quantum * LONG_QUANTUM_NANOS / taken);
        }
        quantumStart = now;
        left = quantum;
        over = ++quanta == STEP_QUANTA || now - stepStart >= STEP_NANOS;
    }

    /** Whether the step should end. */
    public boolean isOver() {
        return over;
    }
}
