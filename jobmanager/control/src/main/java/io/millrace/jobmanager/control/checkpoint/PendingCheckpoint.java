package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.ReplyTo;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checkpoint from its trigger until it is complete, or given up with nothing of it in doubt. */
final class PendingCheckpoint {
    /** How far it is. */
    enum Phase {
        /** TaskManagers have yet to answer. */
        COLLECTING,
        /** The manifest is being stored, or its storing ended with an unknown outcome and is asked for again. */
        STORING,
        /** The manifest is stored; another checkpoint's pointer is being recorded. */
        STORED,
        /** The pointer is being recorded. From here on the log decides; giving up is no longer possible. */
        RECORDING,
        /** Given up while its manifest was being stored: nothing may be deleted before that outcome is known. */
        ABANDONED;

        boolean canBecome(Phase next) {
            return switch (this) {
                case COLLECTING -> next == STORING;
                case STORING -> next == STORED || next == ABANDONED;
                case STORED -> next == RECORDING;
                case RECORDING, ABANDONED -> false;
            };
        }
    }

    private final CheckpointPointer pointer;
    private final Moment triggered;
    private final Map<PeerAddress, Set<SubtaskId>> expected;
    private final Optional<ReplyTo<Outcome<CheckpointPointer>>> replyTo;
    private final Set<PeerAddress> unanswered;
    private final Map<PeerAddress, CheckpointAcknowledged> acknowledgements = new LinkedHashMap<>();

    private Phase phase = Phase.COLLECTING;
    private @Nullable StoreManifest manifest;
    private List<Long> subsumed = List.of();
    private long retryAtNanos = Long.MAX_VALUE;
    private boolean inDoubt;
    private boolean everInDoubt;

    /** @param replyTo whoever asked for it, if it is a savepoint */
    PendingCheckpoint(
            CheckpointPointer pointer,
            Moment triggered,
            Map<PeerAddress, Set<SubtaskId>> expected,
            Optional<ReplyTo<Outcome<CheckpointPointer>>> replyTo) {
        this.pointer = pointer;
        this.triggered = triggered;
        this.expected = expected;
        this.replyTo = replyTo;
        this.unanswered = new LinkedHashSet<>(expected.keySet());
    }

    long id() {
        return pointer.checkpoint();
    }

    CheckpointPointer pointer() {
        return pointer;
    }

    boolean isSavepoint() {
        return pointer.kind().isSavepoint();
    }

    Moment triggered() {
        return triggered;
    }

    Optional<ReplyTo<Outcome<CheckpointPointer>>> replyTo() {
        return replyTo;
    }

    Phase phase() {
        return phase;
    }

    boolean isIn(Phase which) {
        return phase == which;
    }

    /** Whether it may still be given up, and so whether it can time out. */
    boolean isOpen() {
        return phase == Phase.COLLECTING || phase == Phase.STORING || phase == Phase.STORED;
    }

    Set<PeerAddress> participants() {
        return expected.keySet();
    }

    /** The subtasks that a participant answers for. */
    Set<SubtaskId> expectedOf(PeerAddress taskManager) {
        return expected.getOrDefault(taskManager, Set.of());
    }

    Set<PeerAddress> unanswered() {
        return unanswered;
    }

    boolean awaits(PeerAddress taskManager) {
        return phase == Phase.COLLECTING && unanswered.contains(taskManager);
    }

    /** A participant said that it cannot. */
    void declinedBy(PeerAddress taskManager) {
        unanswered.remove(taskManager);
    }

    void acknowledgedBy(PeerAddress taskManager, CheckpointAcknowledged acknowledgement) {
        Check.invariant(awaits(taskManager), "a second answer of " + taskManager + " to checkpoint " + id());
        unanswered.remove(taskManager);
        acknowledgements.put(taskManager, acknowledgement);
    }

    Map<PeerAddress, CheckpointAcknowledged> acknowledgements() {
        return acknowledgements;
    }

    void become(Phase next) {
        Check.invariant(phase.canBecome(next), "checkpoint " + id() + " cannot go from " + phase + " to " + next);
        phase = next;
    }

    /** Everything is there; the manifest says so. */
    void store(StoreManifest command) {
        Check.invariant(unanswered.isEmpty(), "checkpoint " + id() + " is not acknowledged by all");
        become(Phase.STORING);
        manifest = command;
    }

    StoreManifest storing() {
        if (manifest == null) {
            throw new IllegalStateException("Invariant broken: checkpoint " + id() + " has no manifest yet");
        }
        return manifest;
    }

    CheckpointManifest manifest() {
        return storing().manifest();
    }

    /** @param others checkpoints that are no longer kept once this one is complete */
    void record(List<Long> others) {
        become(Phase.RECORDING);
        subsumed = List.copyOf(others);
    }

    List<Long> subsumed() {
        return subsumed;
    }

    /** When the same I/O is to be asked for again; {@code Long.MAX_VALUE}: it is not, its answer is on its way. */
    long retryAtNanos() {
        return retryAtNanos;
    }

    /** The manifest is asked to be stored: until that is answered it may be there or not. */
    void asked() {
        inDoubt = true;
        retryAtNanos = Long.MAX_VALUE;
    }

    /** The answer was that nobody knows. */
    void askAgainAt(long nanos) {
        everInDoubt = true;
        retryAtNanos = nanos;
    }

    /** The answer was clear. */
    void answered() {
        inDoubt = false;
        retryAtNanos = Long.MAX_VALUE;
    }

    /** Whether it is not known now if the manifest is there. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Whether a write of the manifest whose end nobody saw may come to the storage late. */
    boolean wasInDoubt() {
        return everInDoubt;
    }
}
