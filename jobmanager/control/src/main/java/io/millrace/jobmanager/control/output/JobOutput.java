package io.millrace.jobmanager.control.output;

import io.millrace.common.graph.gateway.FromTaskManager.OutputLines;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.OutputFollower;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one job prints and who follows it. A follower is sent one item whenever it has room, so a slow one costs no
 * memory: it misses lines, which are counted. Belongs to the control agent.
 */
public final class JobOutput {
    private static final int ENDED_SHARE = 8;

    private final Limits limits;
    private final OutputLog log = new OutputLog();
    private final Map<OutputFollower, Cursor> followers = new LinkedHashMap<>();

    public JobOutput(Limits limits) {
        this.limits = limits;
    }

    /** How far one follower is. */
    private static final class Cursor {
        private final boolean retainedOnly;
        private final Map<OutputLog.Printer, Long> nextLines = new HashMap<>();
        private long nextPiece;
        private @Nullable JobSummary lastProgress;
        private boolean ready = true;

        Cursor(boolean retainedOnly, long nextPiece) {
            this.retainedOnly = retainedOnly;
            this.nextPiece = nextPiece;
        }
    }

    public void append(OutputLines lines) {
        log.append(lines);
    }

    /** A client follows from the oldest retained line; it has room for one item. */
    public void follow(OutputFollower follower, boolean retainedOnly) {
        followers.put(follower, new Cursor(retainedOnly, log.first()));
    }

    public void ready(OutputFollower follower) {
        Cursor cursor = followers.get(follower);
        if (cursor != null) {
            cursor.ready = true;
        }
    }

    public void gone(OutputFollower follower) {
        followers.remove(follower);
    }

    /**
     * Sends each follower that has room its next item, and drops lines beyond the limits.
     *
     * @param summary the job as it is now
     * @param end how it stands or ended; followers leave after the last line if its status is terminal
     */
    public void pump(JobSummary summary, JobEnd end, Outbox out) {
        followers.entrySet().removeIf(entry -> {
            Cursor cursor = entry.getValue();
            return cursor.ready && advance(entry.getKey(), cursor, summary, end, out);
        });
        boolean ended = end.status().isTerminal();
        log.trim(limits.retainedLines(), ended ? limits.retainedLineBytes() / ENDED_SHARE : limits.retainedLineBytes());
    }

    long retainedLines() {
        return log.lines();
    }

    /** @return whether the follower was sent its last item */
    private boolean advance(OutputFollower follower, Cursor cursor, JobSummary summary, JobEnd end, Outbox out) {
        Optional<PrintedLines> lines = nextLines(cursor);
        if (lines.isPresent()) {
            cursor.ready = false;
            out.answer(follower::lines, lines.get());
            return false;
        }
        if (cursor.retainedOnly || end.status().isTerminal()) {
            Optional<PrintedLines> missing = nextMissing(cursor);
            if (missing.isPresent()) {
                cursor.ready = false;
                out.answer(follower::lines, missing.get());
                return false;
            }
            out.answer(follower::end, end);
            return true;
        }
        if (!summary.equals(cursor.lastProgress)) {
            cursor.ready = false;
            cursor.lastProgress = summary;
            out.answer(follower::progress, summary);
        }
        return false;
    }

    private Optional<PrintedLines> nextLines(Cursor cursor) {
        cursor.nextPiece = Math.max(cursor.nextPiece, log.first());
        if (cursor.nextPiece == log.next()) {
            return Optional.empty();
        }
        OutputLog.Piece piece = log.piece(cursor.nextPiece++);
        long dropped = Math.max(0, piece.firstLine() - cursor.nextLines.getOrDefault(piece.printer(), 0L));
        cursor.nextLines.put(piece.printer(), piece.nextLine());
        return Optional.of(printed(piece.printer(), piece.operatorName(), piece.lines(), dropped));
    }

    /** Lines that a printer printed last and that are gone: no later line would tell the follower of them. */
    private Optional<PrintedLines> nextMissing(Cursor cursor) {
        for (Map.Entry<OutputLog.Printer, OutputLog.Tail> entry : log.tails().entrySet()) {
            OutputLog.Tail tail = entry.getValue();
            long dropped = tail.nextLine() - cursor.nextLines.getOrDefault(entry.getKey(), 0L);
            if (dropped > 0) {
                cursor.nextLines.put(entry.getKey(), tail.nextLine());
                return Optional.of(printed(entry.getKey(), tail.operatorName(), List.of(), dropped));
            }
        }
        return Optional.empty();
    }

    private static PrintedLines printed(
            OutputLog.Printer printer, String operatorName, List<String> lines, long dropped) {
        return new PrintedLines(
                printer.subtask().vertex(),
                operatorName,
                printer.subtask().index(),
                printer.standardError(),
                lines,
                dropped);
    }
}
