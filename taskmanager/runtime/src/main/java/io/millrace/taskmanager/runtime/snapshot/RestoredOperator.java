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
import java.util.function.IntPredicate;

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
            if (part.part().kind().isKeyed()) {
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
        return isRescaled() ? everyNth(all) : all;
    }

    /**
     * The elements of an operator's state that this subtask takes up, as they were written: of a list its share, of a
     * union list all, of broadcast state one earlier subtask's.
     *
     * @throws IndexOutOfBoundsException if a block is not what {@link ElementBlocks} wrote
     */
    public List<ByteBuffer> elements(PartKind kind, String state) {
        return switch (kind) {
            case OPERATOR_LIST ->
                isRescaled()
                        ? everyNth(elements(kind, state, earlier -> true))
                        : elements(kind, state, earlier -> earlier == subtask);
            case OPERATOR_UNION -> elements(kind, state, earlier -> true);
            case BROADCAST -> broadcast(state);
            default -> throw new IllegalArgumentException(kind + " is no state of an operator's own");
        };
    }

    /** Of a union list that nobody asks for: what this subtask hands on, so that together all is handed on once. */
    public List<ByteBuffer> unionShare(String state) {
        return elements(PartKind.OPERATOR_UNION, state, earlier -> earlier % parallelism == subtask);
    }

    /** Its own as far as there is one; else another's, in turn. */
    private List<ByteBuffer> broadcast(String state) {
        List<Integer> owners = parts.stream()
                .filter(part -> isOf(part, PartKind.BROADCAST, state))
                .map(Part::subtask)
                .distinct()
                .toList();
        if (owners.isEmpty()) {
            return List.of();
        }
        int owner = owners.contains(subtask) ? subtask : owners.get(subtask % owners.size());
        return elements(PartKind.BROADCAST, state, earlier -> earlier == owner);
    }

    private List<ByteBuffer> elements(PartKind kind, String state, IntPredicate meant) {
        List<ByteBuffer> elements = new ArrayList<>();
        for (Part part : parts) {
            if (isOf(part, kind, state) && meant.test(part.subtask())) {
                part.part().blocks().forEach(block -> elements.addAll(ElementBlocks.split(block)));
            }
        }
        return elements;
    }

    private static boolean isOf(Part part, PartKind kind, String state) {
        return part.part().kind() == kind && part.part().state().equals(state);
    }

    private <T> List<T> everyNth(List<T> all) {
        List<T> share = new ArrayList<>();
        for (int i = subtask; i < all.size(); i += parallelism) {
            share.add(all.get(i));
        }
        return share;
    }

    public boolean hasOperatorState() {
        return parts.stream().anyMatch(part -> part.part().kind().isOperatorState());
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
