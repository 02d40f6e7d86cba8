package io.millrace.common.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Which subtask owns which key group. A table of the deployment rather than a formula, so that groups can move.
 *
 * @param maxParallelism number of key groups
 * @param ranges disjoint, ascending, together covering all groups
 */
public record KeyGroupRouting(int maxParallelism, List<Range> ranges) {

    /** Groups {@code start} up to but without {@code end} belong to {@code subtask}. */
    public record Range(int start, int end, int subtask) {}

    public KeyGroupRouting {
        ranges = List.copyOf(ranges);
    }

    /** Equal contiguous shares for subtasks 0 up to {@code parallelism}. */
    public static KeyGroupRouting even(int maxParallelism, int parallelism) {
        List<Range> ranges = new ArrayList<>(parallelism);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int start = (int) ((long) subtask * maxParallelism / parallelism);
            int end = (int) ((long) (subtask + 1) * maxParallelism / parallelism);
            ranges.add(new Range(start, end, subtask));
        }
        return new KeyGroupRouting(maxParallelism, ranges);
    }

    /** The table as an array: element g is the subtask that owns group g. */
    public int[] toTable() {
        int[] table = new int[maxParallelism];
        for (Range range : ranges) {
            java.util.Arrays.fill(table, range.start(), range.end(), range.subtask());
        }
        return table;
    }
}
