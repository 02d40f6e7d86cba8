package io.millrace.common.graph.status;

import java.util.List;

/**
 * Lines of one print operator of one subtask, in the order they were printed.
 *
 * @param vertex the vertex the operator belongs to
 * @param operator its name for people
 * @param droppedBefore how many lines of this operator and subtask are missing before the first of {@code lines}
 */
public record PrintedLines(
        int vertex, String operator, int subtask, boolean standardError, List<String> lines, long droppedBefore) {

    public PrintedLines {
        lines = List.copyOf(lines);
    }
}
