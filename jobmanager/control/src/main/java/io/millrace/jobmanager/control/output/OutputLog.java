package io.millrace.jobmanager.control.output;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager.OutputLines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job printed last: a bounded ring of pieces as the TaskManagers sent them, in order of arrival and so in order
 * per subtask. The oldest go first. The newest piece is always kept.
 */
final class OutputLog {
    /** What a line costs besides its characters: object headers, length, hash. */
    private static final int LINE_OVERHEAD_BYTES = 56;

    /** One print operator of one attempt of a subtask: within it lines are numbered. */
    record Printer(SubtaskId subtask, int operator, boolean standardError) {}

    /** @param number of the piece among all of the job, from 0 */
    record Piece(long number, Printer printer, String operatorName, List<String> lines, long firstLine) {

        long nextLine() {
            return firstLine + lines.size();
        }

        long bytes() {
            long bytes = 0;
            for (String line : lines) {
                bytes += line.length() + LINE_OVERHEAD_BYTES;
            }
            return bytes;
        }
    }

    /** How far a printer has come, whether its lines are retained or not. */
    record Tail(String operatorName, long nextLine) {}

    private final Map<Long, Piece> pieces = new HashMap<>();
    private final Map<Printer, Tail> tails = new LinkedHashMap<>();
    private long first;
    private long next;
    private long lines;
    private long bytes;

    void append(OutputLines output) {
        Printer printer = new Printer(output.subtask(), output.operator(), output.standardError());
        Piece piece = new Piece(next, printer, output.operatorName(), output.lines(), output.firstLine());
        pieces.put(next++, piece);
        tails.put(printer, new Tail(output.operatorName(), piece.nextLine()));
        lines += piece.lines().size();
        bytes += piece.bytes();
    }

    /** Drops the oldest pieces until the rest is within the limits. */
    void trim(long maxLines, long maxBytes) {
        while (next - first > 1 && (lines > maxLines || bytes > maxBytes)) {
            Piece oldest = piece(first);
            pieces.remove(first++);
            lines -= oldest.lines().size();
            bytes -= oldest.bytes();
        }
    }

    /** Number of the oldest piece that is retained; {@link #next} if none is. */
    long first() {
        return first;
    }

    /** Number that the next piece will have. */
    long next() {
        return next;
    }

    /** A retained piece. */
    Piece piece(long number) {
        Piece piece = pieces.get(number);
        if (piece == null) {
            throw new IllegalArgumentException("Piece " + number + " is not within " + first + ".." + next);
        }
        return piece;
    }

    /** Every printer of the job so far. */
    Map<Printer, Tail> tails() {
        return tails;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }
}
