package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Check;
import io.millrace.jobmanager.control.contract.LogEntry;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives out the numbers of a job's checkpoints, each once: those that the metadata log has reserved. More are asked for
 * when half of a block is left, so that a number does not cost an entry.
 */
final class CheckpointIds {
    private long next;
    private long end;
    private boolean asked;

    /**
     * @param next the first that was never given out
     * @param end numbers below it are reserved
     */
    CheckpointIds(long next, long end) {
        Check.argument(1 <= next && next <= end, "Checkpoints count from 1");
        this.next = next;
        this.end = end;
    }

    /** Empty while the log has reserved none. */
    OptionalLong take() {
        return next < end ? OptionalLong.of(next++) : OptionalLong.empty();
    }

    boolean isEmpty() {
        return next == end;
    }

    /** What to have reserved next. */
    long nextEnd() {
        return end + LogEntry.IDS_PER_BLOCK;
    }

    /** The log has reserved numbers below this one. */
    void reserved(long newEnd) {
        asked = false;
        end = Math.max(end, newEnd);
    }

    /** What to have reserved now, if it is time for that; asked for once. */
    Optional<Long> takeWanted() {
        if (asked || end - next > LogEntry.IDS_PER_BLOCK / 2) {
            return Optional.empty();
        }
        asked = true;
        return Optional.of(nextEnd());
    }
}
