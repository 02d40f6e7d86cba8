package io.millrace.taskmanager.state.heap;

import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.entries.Snapshotted;
import java.util.List;

/**
 * The snapshot that is being written, table after table. It holds its tables itself: one that is dropped meanwhile is
 * part of it nevertheless.
 */
final class SnapshotInProgress {
    private static final long NONE = 0;

    private List<Snapshotted> tables = List.of();
    private long checkpoint = NONE;
    private int position;

    void begin(long number, boolean shared, List<Snapshotted> all) {
        Check.invariant(checkpoint == NONE, "a snapshot begins when the one before is given");
        checkpoint = number;
        tables = all;
        position = 0;
        tables.forEach(table -> table.begin(number, shared));
    }

    /** @return whether all is written */
    boolean write(long bytes) {
        long left = bytes;
        while (left > 0 && position < tables.size()) {
            left = tables.get(position).write(left);
            if (left > 0) {
                position++;
            }
        }
        return position == tables.size();
    }

    void end(SnapshotOutput out) {
        Check.invariant(checkpoint != NONE && position == tables.size(), "a snapshot is given when it is written");
        tables.forEach(table -> table.end(out));
        drop(checkpoint);
    }

    /** Forgets the snapshot of a checkpoint that is not, or no longer, of interest. */
    void drop(long number) {
        if (checkpoint == number) {
            checkpoint = NONE;
            tables = List.of();
        }
    }
}
