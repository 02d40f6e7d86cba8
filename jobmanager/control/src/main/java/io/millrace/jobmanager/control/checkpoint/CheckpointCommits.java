package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.checkpoint.PendingCheckpoint.Phase;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestStored;
import io.millrace.jobmanager.control.contract.CheckpointEvent.PointerFailed;
import io.millrace.jobmanager.control.contract.CheckpointEvent.PointerRecorded;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.FileCopy;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a checkpoint from its last acknowledgement to being complete: manifest stored, pointer recorded, and only
 * then told, older ones released. Pointers are recorded one at a time, lowest number first.
 */
final class CheckpointCommits {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommits.class);

    private final CheckpointJob job;
    private final CheckpointSettings settings;
    private final CheckpointStore store;
    private final LongSupplier nonces;
    private final SharedFiles files;
    private final Leftovers leftovers;
    private final PendingCheckpoints pendings;
    private final TreeMap<Long, CompletedCheckpoint> retained = new TreeMap<>();

    /** Those of which a write of the manifest may come to the storage even after it was deleted. */
    private final Set<Long> doubted = new TreeSet<>();

    /** The savepoint that ended the job, or is ending it. */
    private @Nullable CompletedCheckpoint last;

    CheckpointCommits(
            CheckpointJob job,
            CheckpointSettings settings,
            CheckpointCoordinator.Sources sources,
            SharedFiles files,
            Leftovers leftovers,
            PendingCheckpoints pendings) {
        this.job = job;
        this.settings = settings;
        this.store = sources.store();
        this.nonces = sources.nonces();
        this.files = files;
        this.leftovers = leftovers;
        this.pendings = pendings;
    }

    /** Takes over a checkpoint that is complete according to the metadata log. */
    void recover(CompletedCheckpoint checkpoint) {
        if (checkpoint.pointer().kind() == CheckpointKind.CHECKPOINT) {
            retained.put(checkpoint.id(), checkpoint);
            checkpoint.manifest().files().forEach(file -> files.hold(checkpoint.id(), file));
        } else if (checkpoint.pointer().kind().commits() && (last == null || last.id() < checkpoint.id())) {
            last = checkpoint;
        }
    }

    /** Oldest first. */
    List<CompletedCheckpoint> retained() {
        return List.copyOf(retained.values());
    }

    /** From which the job must recover. */
    Optional<CompletedCheckpoint> latest() {
        CompletedCheckpoint checkpoint =
                retained.isEmpty() ? null : retained.lastEntry().getValue();
        boolean stopped = last != null && (checkpoint == null || checkpoint.id() < last.id());
        return Optional.ofNullable(stopped ? last : checkpoint);
    }

    /** Everybody has acknowledged. */
    void begin(PendingCheckpoint pending, Moment now, Outbox out) {
        Optional<CompletedCheckpoint> base = retained.isEmpty()
                ? Optional.empty()
                : Optional.of(retained.lastEntry().getValue());
        Outcome<ManifestAssembly.Assembled> outcome =
                new ManifestAssembly(job, pending, nonces).assemble(base, now.epochMs());
        if (outcome instanceof Outcome.Failure<ManifestAssembly.Assembled> failure) {
            pendings.giveUp(pending, new CheckpointCause(null, failure.problem()), true, now, out);
            return;
        }
        CheckpointManifest manifest = outcome.orThrow().manifest();
        List<FileCopy> copies = outcome.orThrow().copies();
        List<SegmentFile> needed = new ArrayList<>(manifest.files());
        copies.forEach(copy -> copy.parts().forEach(part -> needed.add(part.from())));
        needed.forEach(file -> files.hold(pending.id(), file));
        leftovers.narrow(pending.pointer(), needed);
        pending.store(new StoreManifest(pending.pointer(), manifest, nonces.getAsLong(), copies));
        ask(pending, out);
    }

    void on(ManifestStored event, Moment now, Outbox out) {
        PendingCheckpoint pending = pendings.find(event.checkpoint()).orElse(null);
        if (pending == null || !pending.isInDoubt()) {
            return;
        }
        pending.answered();
        if (pending.isIn(Phase.STORING)) {
            pending.become(Phase.STORED);
            recordNext(out);
        } else {
            pendings.forget(pending, true, now);
        }
    }

    void on(ManifestFailed event, Moment now, Outbox out) {
        PendingCheckpoint pending = pendings.find(event.checkpoint()).orElse(null);
        if (pending == null || !pending.isInDoubt()) {
            return;
        }
        if (!event.outcomeKnown()) {
            pending.askAgainAt(now.nanos() + settings.timing().retryNanos());
            return;
        }
        pending.answered();
        if (pending.isIn(Phase.STORING)) {
            pendings.giveUp(pending, new CheckpointCause(null, event.problem()), true, now, out);
        } else {
            pendings.forget(pending, false, now);
        }
    }

    void on(PointerRecorded event, Moment now, Outbox out) {
        Optional<PendingCheckpoint> recorded =
                pendings.find(event.checkpoint()).filter(pending -> pending.isIn(Phase.RECORDING));
        if (recorded.isPresent()) {
            complete(recorded.get(), now, out);
            recordNext(out);
        }
    }

    void on(PointerFailed event, Moment now, Outbox out) {
        PendingCheckpoint pending = pendings.find(event.checkpoint()).orElse(null);
        if (pending == null || !pending.isIn(Phase.RECORDING)) {
            return;
        }
        if (!event.outcomeKnown()) {
            pending.askAgainAt(now.nanos() + settings.timing().retryNanos());
            return;
        }
        pendings.giveUp(pending, new CheckpointCause(null, event.problem()), true, now, out);
        recordNext(out);
    }

    /** A checkpoint is complete: only now anybody is told, and what it takes the place of is let go. */
    private void complete(PendingCheckpoint pending, Moment now, Outbox out) {
        pendings.remove(pending);
        CompletedCheckpoint completed = new CompletedCheckpoint(pending.pointer(), pending.manifest());
        if (pending.isSavepoint()) {
            leftovers.giveAway(pending.pointer());
            last = pending.pointer().kind().stopsJob() ? completed : last;
        } else {
            retained.put(pending.id(), completed);
            if (pending.wasInDoubt()) {
                doubted.add(pending.id());
            }
        }
        pendings.completed(pending, now, out);
        for (long id : pending.subsumed()) {
            CompletedCheckpoint old = retained.remove(id);
            if (old != null) {
                pendings.pin(old.manifest().files());
                leftovers.release(old.pointer(), true);
                if (doubted.remove(id)) {
                    leftovers.suspect(old.pointer(), now);
                }
            }
        }
        LOG.info(
                "job={} checkpoint={} event=completed kind={} bytes={} inFlightBytes={} files={}",
                job.id(),
                pending.id(),
                pending.pointer().kind(),
                pending.manifest().stateBytes(),
                pending.manifest().bytesOf(PartKind.IN_FLIGHT),
                pending.manifest().files().size());
    }

    /** Asks again for I/O whose outcome nobody knew. */
    void onTime(Moment now, Outbox out) {
        for (PendingCheckpoint pending : pendings.all()) {
            if (now.reached(pending.retryAtNanos())) {
                ask(pending, out);
            }
        }
    }

    /** What a TaskManager of this run must know that was away. */
    Optional<ToTaskManager> newestOf(int run) {
        return latest().filter(checkpoint -> checkpoint.pointer().run() == run)
                .map(checkpoint -> new ToTaskManager.CheckpointCompleted(job.id(), run, checkpoint.id()));
    }

    private void recordNext(Outbox out) {
        List<PendingCheckpoint> stored = pendings.in(Phase.STORED);
        if (!stored.isEmpty() && pendings.in(Phase.RECORDING).isEmpty()) {
            PendingCheckpoint next = stored.get(0);
            next.record(subsumedBy(next));
            ask(next, out);
        }
    }

    private List<Long> subsumedBy(PendingCheckpoint next) {
        if (next.isSavepoint()) {
            return List.of();
        }
        List<Long> ids = new ArrayList<>(retained.keySet());
        int surplus = ids.size() + 1 - settings.limits().retained();
        return surplus <= 0 ? List.of() : ids.subList(0, surplus);
    }

    private void ask(PendingCheckpoint pending, Outbox out) {
        if (pending.isIn(Phase.RECORDING)) {
            pending.answered();
            out.toStore(store, new RecordCompleted(job.id(), pending.pointer(), pending.subsumed()));
        } else {
            pending.asked();
            out.toStore(store, pending.storing());
        }
    }
}
