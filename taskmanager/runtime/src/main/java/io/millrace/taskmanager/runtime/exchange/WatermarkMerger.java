package io.millrace.taskmanager.runtime.exchange;

import java.util.Arrays;

/**
 * Merges the watermarks of several channels into one: the smallest of those that are active. When all are idle it is
 * the largest of them, and the merged stream is idle, too. An input at {@code Long.MAX_VALUE} is at its end and no
 * longer counts, so that it cannot drag the merged watermark past inputs that are merely idle; when all are at their
 * end, so is the merged stream. The merged watermark never goes back. Plain state of one owner.
 */
public final class WatermarkMerger {
    private final long[] watermarks;
    private final boolean[] idle;
    /** Inputs that are not at their end, and those of them that are idle. */
    private int live;

    private int liveIdle;
    private long merged;

    /**
     * Starts with {@code inputs} active inputs that have said nothing yet.
     *
     * @param floor the merged watermark to begin with
     */
    public WatermarkMerger(int inputs, long floor) {
        merged = floor;
        watermarks = new long[inputs];
        idle = new boolean[inputs];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        live = inputs;
    }

    /** The merged watermark; {@code Long.MIN_VALUE} before the first. */
    public long merged() {
        return merged;
    }

    /** Whether every input that is not at its end is idle, and there is one. */
    public boolean isIdle() {
        return live > 0 && liveIdle == live;
    }

    /** Takes a watermark of one input. @return whether {@link #merged} grew */
    public boolean watermark(int input, long timestamp) {
        long before = watermarks[input];
        if (timestamp <= before) {
            return false;
        }
        watermarks[input] = timestamp;
        if (timestamp == Long.MAX_VALUE) {
            live--;
            liveIdle -= idle[input] ? 1 : 0;
            return update();
        }
        // An input that was ahead of the merged watermark cannot have held it back.
        return before <= merged && update();
    }

    /** Takes a change of one input's status. @return whether {@link #merged} grew */
    public boolean setIdle(int input, boolean nowIdle) {
        if (idle[input] == nowIdle || watermarks[input] == Long.MAX_VALUE) {
            return false;
        }
        idle[input] = nowIdle;
        liveIdle += nowIdle ? 1 : -1;
        return nowIdle && update();
    }

    private boolean update() {
        long candidate = live == 0 ? Long.MAX_VALUE : liveIdle == live ? largestIdle() : smallestActive();
        if (candidate <= merged) {
            return false;
        }
        merged = candidate;
        return true;
    }

    private long smallestActive() {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < watermarks.length; i++) {
            if (!idle[i]) {
                smallest = Math.min(smallest, watermarks[i]);
            }
        }
        return smallest;
    }

    private long largestIdle() {
        long largest = Long.MIN_VALUE;
        for (int i = 0; i < watermarks.length; i++) {
            if (watermarks[i] != Long.MAX_VALUE) {
                largest = Math.max(largest, watermarks[i]);
            }
        }
        return largest;
    }
}
