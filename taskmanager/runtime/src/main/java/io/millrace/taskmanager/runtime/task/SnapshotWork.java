package io.millrace.taskmanager.runtime.task;

import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A task's snapshot from the barrier until all its keyed state is written, which happens between the task's steps. One
 * at a time: the next barrier has this one written to its end first.
 */
final class SnapshotWork {
    private static final long BYTES_PER_STEP = 128 * 1024;

    private final List<KeyedPosition> keyed;
    private final CheckpointedFunctions functions;
    private final LongSupplier capturing;
    private final List<SnapshotPart> parts = new ArrayList<>();
    private final List<EarlierPart> earlier = new ArrayList<>();

    private long checkpoint;
    private long alignmentNanos;
    private long synchronousNanos;
    private boolean open;
    private int position;

    /** @param capturing the checkpoint to which elements on their way to the task are still being added */
    SnapshotWork(List<KeyedPosition> keyed, CheckpointedFunctions functions, LongSupplier capturing) {
        this.keyed = keyed;
        this.functions = functions;
        this.capturing = capturing;
    }

    boolean isOpen() {
        return open;
    }

    long checkpoint() {
        return checkpoint;
    }

    /** Whether there is something to write now. */
    boolean isWritable() {
        return open && (position < keyed.size() || capturing.getAsLong() != checkpoint);
    }

    /** Takes the parts of an operator that are there at once. Goes before {@link #begin}. */
    PartCollector collector(int operator) {
        return new PartCollector(operator, parts, earlier);
    }

    /** Fixes what the keyed state is at the barrier. */
    void begin(Barrier barrier, long aligned) {
        checkpoint = barrier.checkpoint();
        alignmentNanos = aligned;
        open = true;
        position = 0;
        boolean shared = !barrier.kind().isSavepoint();
        for (KeyedPosition operator : keyed) {
            operator.state().beginSnapshot(checkpoint, shared);
        }
    }

    /** Says how long the task has done nothing else for it. */
    void setSynchronous(long nanos) {
        synchronousNanos = nanos;
    }

    /** Writes on. @return the snapshot when it is complete */
    @Nullable
    TaskSnapshot proceed() {
        return proceed(BYTES_PER_STEP);
    }

    /** Writes what is left. */
    TaskSnapshot finish() {
        TaskSnapshot snapshot = proceed(Long.MAX_VALUE);
        return java.util.Objects.requireNonNull(snapshot);
    }

    private @Nullable TaskSnapshot proceed(long bytes) {
        while (position < keyed.size()) {
            if (!keyed.get(position).state().writeSnapshot(bytes)) {
                return null;
            }
            position++;
        }
        if (capturing.getAsLong() == checkpoint) {
            return null;
        }
        List<OperatorSchemas> schemas = new ArrayList<>();
        for (KeyedPosition operator : keyed) {
            operator.state().endSnapshot(collector(operator.operator()));
            schemas.add(
                    new OperatorSchemas(operator.operator(), operator.state().schemas()));
        }
        functions.addSchemas(schemas);
        schemas.replaceAll(functions.classes()::with);
        TaskSnapshot snapshot = new TaskSnapshot(checkpoint, alignmentNanos, synchronousNanos, parts, earlier, schemas);
        close();
        return snapshot;
    }

    /** The checkpoint was given up: what is written of it is of no use. */
    void aborted(long number) {
        for (KeyedPosition operator : keyed) {
            operator.state().aborted(number);
        }
        if (open && checkpoint == number) {
            close();
        }
    }

    void completed(long number) {
        for (KeyedPosition operator : keyed) {
            operator.state().completed(number);
        }
    }

    private void close() {
        open = false;
        parts.clear();
        earlier.clear();
        synchronousNanos = 0;
    }
}
