package io.millrace.taskmanager.state;

import io.millrace.common.core.error.Check;

/**
 * A contiguous range of key groups.
 *
 * @param from the first
 * @param to the first beyond
 * @param maxParallelism how many groups there are
 */
public record KeyGroups(int from, int to, int maxParallelism) {
    public KeyGroups {
        Check.argument(
                0 <= from && from <= to && to <= maxParallelism,
                "Key groups run from " + from + " to " + to + " of " + maxParallelism);
    }

    /** All there are. */
    public static KeyGroups all(int maxParallelism) {
        return new KeyGroups(0, maxParallelism, maxParallelism);
    }

    /** Whether keys of this hash are in the range. */
    public boolean holdHash(int hash) {
        int group = (hash & Integer.MAX_VALUE) % maxParallelism;
        return from <= group && group < to;
    }

    /** The groups that are in both ranges. */
    public KeyGroups and(int otherFrom, int otherTo) {
        int start = Math.max(from, otherFrom);
        return new KeyGroups(start, Math.max(start, Math.min(to, otherTo)), maxParallelism);
    }
}
