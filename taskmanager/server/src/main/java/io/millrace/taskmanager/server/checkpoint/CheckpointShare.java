package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this TaskManager does for one checkpoint, from its trigger until it is subsumed. */
final class CheckpointShare {
    /** How far it is. */
    enum Phase {
        /** Tasks have yet to give their snapshots. */
        COLLECTING,
        /** All snapshots are there; the storage is being opened. */
        OPENING,
        /** The segment file is being stored. */
        WRITING,
        /** The JobManager has been told; the snapshots are let go. */
        ANSWERED;

        boolean canBecome(Phase next) {
            return switch (this) {
                case COLLECTING -> next == OPENING || next == ANSWERED;
                case OPENING -> next == WRITING || next == ANSWERED;
                case WRITING -> next == ANSWERED;
                case ANSWERED -> false;
            };
        }
    }

    private final TriggerCheckpoint trigger;
    private final StorageLocation place;
    private final Set<SubtaskId> missing = new LinkedHashSet<>();
    private final Map<SubtaskId, GivenSnapshot> snapshots = new LinkedHashMap<>();

    private Phase phase = Phase.COLLECTING;
    private @Nullable FromTaskManager answer;
    private boolean givenUp;
    private boolean completed;

    CheckpointShare(TriggerCheckpoint trigger, StorageLocation place) {
        this.trigger = trigger;
        this.place = place;
    }

    long checkpoint() {
        return trigger.checkpoint();
    }

    boolean isSavepoint() {
        return trigger.kind().isSavepoint();
    }

    Barrier barrier() {
        return new Barrier(trigger.checkpoint(), trigger.kind());
    }

    StorageLocation place() {
        return place;
    }

    boolean isIn(Phase which) {
        return phase == which;
    }

    void become(Phase next) {
        Check.invariant(phase.canBecome(next), "checkpoint " + checkpoint() + " goes from " + phase + " to " + next);
        phase = next;
    }

    void await(SubtaskId task) {
        missing.add(task);
    }

    boolean awaits(SubtaskId task) {
        return phase == Phase.COLLECTING && missing.contains(task);
    }

    /** The task had finished before the barrier reached it. */
    void leaveOut(SubtaskId task) {
        missing.remove(task);
    }

    void give(GivenSnapshot snapshot) {
        Check.invariant(
                !isSavepoint() || snapshot.snapshot().earlier().isEmpty(),
                "savepoint " + checkpoint() + " shares parts with an earlier checkpoint");
        missing.remove(snapshot.task());
        snapshots.put(snapshot.task(), snapshot);
    }

    boolean isCollected() {
        return missing.isEmpty();
    }

    /** One of those that it still waits for, while it is not {@link #isCollected}. */
    SubtaskId firstMissing() {
        return missing.iterator().next();
    }

    /** In the order in which they came. */
    List<GivenSnapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    /** The blocks of all new parts, task by task. */
    List<List<ByteBuffer>> newParts() {
        return snapshots.values().stream()
                .flatMap(given -> given.snapshot().parts().stream())
                .map(SnapshotPart::blocks)
                .toList();
    }

    void answer(FromTaskManager message) {
        become(Phase.ANSWERED);
        answer = message;
        missing.clear();
        snapshots.clear();
    }

    @Nullable
    FromTaskManager answer() {
        return answer;
    }

    void giveUp() {
        givenUp = true;
    }

    /** Whether it will never be complete. */
    boolean isGivenUp() {
        return givenUp;
    }

    void complete() {
        completed = true;
    }

    /** Whether its fate is known. */
    boolean isDecided() {
        return givenUp || completed;
    }
}
