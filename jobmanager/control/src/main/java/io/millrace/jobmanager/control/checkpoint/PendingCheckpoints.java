package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.checkpoint.PendingCheckpoint.Phase;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of a job that are not decided, and how one is given up. */
final class PendingCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(PendingCheckpoints.class);

    private final CheckpointJob job;
    private final SharedFiles files;
    private final Leftovers leftovers;
    private final CheckpointHistory history;
    private final TriggerSchedule schedule;
    private final FailureTolerance tolerance;
    private final TreeMap<Long, PendingCheckpoint> byId = new TreeMap<>();
    /** The last one that was to end the job and was given up. */
    private Optional<PendingCheckpoint> lastStop = Optional.empty();

    PendingCheckpoints(
            CheckpointJob job,
            SharedFiles files,
            Leftovers leftovers,
            CheckpointHistory history,
            TriggerSchedule schedule,
            FailureTolerance tolerance) {
        this.job = job;
        this.files = files;
        this.leftovers = leftovers;
        this.history = history;
        this.schedule = schedule;
        this.tolerance = tolerance;
    }

    /** The last one that was to end the job and was given up, if this TaskManager took part in it. */
    Optional<CheckpointPointer> abortedStop(PeerAddress taskManager) {
        return lastStop.filter(pending -> pending.participants().contains(taskManager))
                .map(PendingCheckpoint::pointer);
    }

    void add(PendingCheckpoint pending) {
        byId.put(pending.id(), pending);
        history.triggered(pending);
    }

    void remove(PendingCheckpoint pending) {
        byId.remove(pending.id());
    }

    Optional<PendingCheckpoint> find(long checkpoint) {
        return Optional.ofNullable(byId.get(checkpoint));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** A copy, lowest number first. */
    List<PendingCheckpoint> all() {
        return List.copyOf(byId.values());
    }

    /** A copy of those that may still be given up, lowest number first. */
    List<PendingCheckpoint> open() {
        return select(PendingCheckpoint::isOpen);
    }

    List<PendingCheckpoint> in(Phase phase) {
        return select(pending -> pending.isIn(phase));
    }

    /** How many count against the number of concurrent ones. */
    int periodic() {
        return select(pending -> !pending.isSavepoint() && !pending.isIn(Phase.ABANDONED))
                .size();
    }

    /** Whether one of them will end the job. */
    boolean isStopping() {
        return byId.values().stream()
                .anyMatch(pending -> pending.pointer().kind().stopsJob() && !pending.isIn(Phase.ABANDONED));
    }

    /**
     * A checkpoint is about to be released while these collect: their tasks may have built on it before they learn of a
     * newer one, so what it names is kept for them until they say what they need.
     */
    void pin(List<SegmentFile> ofReleased) {
        for (PendingCheckpoint pending : in(Phase.COLLECTING)) {
            if (!pending.isSavepoint()) {
                ofReleased.forEach(file -> files.hold(pending.id(), file));
            }
        }
    }

    /**
     * A checkpoint will not be complete. Those who took part are told; what is known of its files goes, unless its
     * manifest may be there: then that has to be found out first.
     *
     * @param isFailure whether it counts against what the job tolerates
     */
    void giveUp(PendingCheckpoint pending, CheckpointCause cause, boolean isFailure, Moment now, Outbox out) {
        LOG.warn(
                "job={} checkpoint={} event=given-up phase={} code={} what=\"{}\"",
                job.id(),
                pending.id(),
                pending.phase(),
                cause.problem().code(),
                cause.problem().what());
        for (PeerAddress taskManager : pending.participants()) {
            out.toTaskManager(
                    taskManager,
                    new CheckpointAborted(
                            job.id(),
                            pending.pointer().run(),
                            pending.id(),
                            cause.problem().what()));
        }
        if (pending.isInDoubt()) {
            pending.become(Phase.ABANDONED);
        } else {
            forget(pending, pending.isIn(Phase.STORED) || pending.isIn(Phase.RECORDING), now);
        }
        schedule.ended(now);
        history.failed(pending, cause, now);
        pending.replyTo().ifPresent(replyTo -> out.answer(replyTo, Outcome.failure(cause.problem())));
        CheckpointKind kind = pending.pointer().kind();
        if (isFailure && !pending.isSavepoint()) {
            tolerance.failed(cause.problem());
        } else if (kind == CheckpointKind.DRAIN) {
            tolerance.drainFailed(cause.problem());
        }
        lastStop = kind.stopsJob() ? Optional.of(pending) : lastStop;
    }

    /**
     * A checkpoint is complete: those who took part are told, and older ones that it takes the place of are given up.
     */
    void completed(PendingCheckpoint pending, Moment now, Outbox out) {
        schedule.ended(now);
        history.completed(pending, now);
        if (!pending.isSavepoint()) {
            tolerance.completed();
        }
        for (PeerAddress taskManager : pending.participants()) {
            out.toTaskManager(
                    taskManager,
                    new CheckpointCompleted(job.id(), pending.pointer().run(), pending.id()));
        }
        pending.replyTo().ifPresent(replyTo -> out.answer(replyTo, Outcome.success(pending.pointer())));
        if (pending.pointer().kind().commits()) {
            Problem subsumed = Problem.of(
                    CheckpointErrors.CHECKPOINT_SUBSUMED, "Checkpoint " + pending.id() + " was complete first");
            for (PendingCheckpoint other : open()) {
                if (!other.isSavepoint() && other.id() < pending.id()) {
                    giveUp(other, new CheckpointCause(null, subsumed), false, now, out);
                }
            }
        }
    }

    /** Nothing of a checkpoint that was given up is in doubt any more. */
    void forget(PendingCheckpoint pending, boolean hasManifest, Moment now) {
        remove(pending);
        leftovers.release(pending.pointer(), hasManifest);
        leftovers.await(pending.pointer(), pending.unanswered(), now);
        if (pending.wasInDoubt()) {
            leftovers.suspect(pending.pointer(), now);
        }
    }

    private List<PendingCheckpoint> select(Predicate<PendingCheckpoint> condition) {
        return byId.values().stream().filter(condition).toList();
    }
}
