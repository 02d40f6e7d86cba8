package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one operator of a subtask may take up of a snapshot. Each subtask of the operator deals itself its share by the
 * same rule: as long as the parallelism is the same, what the subtask of its index had.
 *
 * @param subtask the index of the one that takes up, of {@code parallelism}
 * @param earlierParallelism of the operator when the snapshot was taken
 * @param parts of all earlier subtasks, in the order of their indexes
 */
public record RestoredOperator(
        int subtask, int parallelism, int earlierParallelism, List<StateSchema> schemas, List<Part> parts) {
    /** Nothing. */
    public static final RestoredOperator NONE = new RestoredOperator(0, 1, 1, List.of(), List.of());

    /**
     * A part of an earlier subtask.
     *
     * @param part its blocks were checked
     */
    public record Part(int subtask, RestoredPart part) {}

    public RestoredOperator {
        schemas = List.copyOf(schemas);
        parts = List.copyOf(parts);
    }

    /** Keyed state and timers. */
    public RestoredState keyed() {
        List<RestoredPart> keyed = new ArrayList<>();
        for (Part part : parts) {
            PartKind kind = part.part().kind();
            if (kind == PartKind.KEYED_BASE || kind == PartKind.KEYED_DELTA || kind == PartKind.TIMERS) {
                keyed.add(part.part());
            }
        }
        return new RestoredState(keyed, schemas);
    }

    /**
     * Of a list that was spread over the earlier subtasks, this one's share: everything is in exactly one share.
     *
     * @throws IOException if a block is not what {@link VersionedStates} wrote
     */
    public <T> List<T> share(PartKind kind, SimpleVersionedSerializer<T> serializer) throws IOException {
        List<T> all = new ArrayList<>();
        for (Part part : parts) {
            boolean meant = isRescaled() || part.subtask() == subtask;
            if (part.part().kind() == kind && meant) {
                for (ByteBuffer block : part.part().blocks()) {
                    all.addAll(VersionedStates.decode(serializer, block));
                }
            }
        }
        if (!isRescaled()) {
            return all;
        }
        List<T> share = new ArrayList<>();
        for (int i = subtask; i < all.size(); i += parallelism) {
            share.add(all.get(i));
        }
        return share;
    }

    public boolean has(PartKind kind) {
        return parts.stream().anyMatch(part -> part.part().kind() == kind);
    }

    /** Whether the earlier subtasks' shares are dealt anew. */
    public boolean isRescaled() {
        return earlierParallelism != parallelism;
    }

    /** The event time of this subtask's predecessors: one if the parallelism is the same, else all. */
    public List<EventTimes> eventTimes() {
        List<EventTimes> times = new ArrayList<>();
        for (Part part : parts) {
            boolean meant = isRescaled() || part.subtask() == subtask;
            if (part.part().kind() == PartKind.EVENT_TIME && meant) {
                part.part().blocks().forEach(block -> times.add(EventTimes.decode(block)));
            }
        }
        return times;
    }

    /** The watermark that is in force from the start: the smallest of the predecessors'. */
    public long watermark() {
        return eventTimes().stream().mapToLong(EventTimes::watermark).min().orElse(Long.MIN_VALUE);
    }
}
