package io.millrace.taskmanager.runtime.stream;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.CheckpointKind;
import java.util.List;

/**
 * Divides what belongs to a checkpoint from what comes after it. Between tasks it is one number, its code: four times
 * the checkpoint's number plus the kind's place, so codes grow as the numbers do.
 *
 * @param checkpoint its number, from 1
 * @param kind what is asked of the tasks
 */
public record Barrier(long checkpoint, CheckpointKind kind) {
    /** By code; the order is fixed in docs/protocol/elements.md. */
    private static final List<CheckpointKind> KINDS = List.of(
            CheckpointKind.CHECKPOINT,
            CheckpointKind.SAVEPOINT,
            CheckpointKind.SAVEPOINT_THEN_STOP,
            CheckpointKind.DRAIN);

    private static final long LARGEST = Long.MAX_VALUE / KINDS.size() - 1;

    public Barrier {
        Check.argument(1 <= checkpoint && checkpoint <= LARGEST, "There is no barrier of checkpoint " + checkpoint);
    }

    /** @throws IllegalArgumentException if no barrier has this code */
    public static Barrier of(long code) {
        return new Barrier(checkpointOf(code), KINDS.get(Math.floorMod(code, KINDS.size())));
    }

    /** The number of the checkpoint of the barrier with this code. */
    public static long checkpointOf(long code) {
        return Math.floorDiv(code, KINDS.size());
    }

    public long code() {
        return checkpoint * KINDS.size() + KINDS.indexOf(kind);
    }
}
