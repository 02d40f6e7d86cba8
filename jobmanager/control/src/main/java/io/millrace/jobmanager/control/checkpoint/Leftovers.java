package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent.DeleteFailed;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The one owner of deleting: what no checkpoint names any more goes, whoever wrote it and whenever that is heard of.
 */
final class Leftovers {
    private final CheckpointStore store;
    private final SharedFiles files;
    private final Deletions deletions;
    private final OrphanSweep sweep;
    private final Stragglers stragglers = new Stragglers();

    Leftovers(JobId job, CheckpointStore store, SharedFiles files, CheckpointSettings.Timing timing) {
        this.store = store;
        this.files = files;
        this.deletions = new Deletions(job, store, timing.retryNanos());
        this.sweep = new OrphanSweep(job, timing.orphanGraceNanos());
    }

    /** A checkpoint was given up, or is no longer retained. Its manifest goes first. */
    void release(CheckpointPointer pointer, boolean hasManifest) {
        if (hasManifest) {
            deletions.add(pointer.place(), List.of(CheckpointFileName.manifest(pointer.checkpoint())));
        }
        delete(pointer, files.release(pointer.checkpoint()));
    }

    /** A savepoint is complete: its files are its user's, those that it was copied from are kept for it no longer. */
    void giveAway(CheckpointPointer savepoint) {
        delete(savepoint, files.giveAway(savepoint.checkpoint()));
    }

    /** A checkpoint turned out not to need some of the files that were kept for it. */
    void narrow(CheckpointPointer pointer, List<SegmentFile> needed) {
        Set<String> names = new HashSet<>();
        needed.forEach(file -> names.add(file.name()));
        delete(pointer, files.narrow(pointer.checkpoint(), names));
    }

    /** These never answered a checkpoint that was given up: what they wrote is known when they do. */
    void await(CheckpointPointer pointer, Set<PeerAddress> unanswered, Moment now) {
        stragglers.add(pointer, unanswered).ifPresent(given -> suspect(given, now));
    }

    /** There may be files of this checkpoint that nobody will tell of. */
    void suspect(CheckpointPointer pointer, Moment now) {
        sweep.suspect(pointer.place(), pointer.checkpoint(), now);
    }

    /** There may be files of checkpoints that former leaders began. */
    void suspectFormer(long before, Moment now) {
        sweep.suspectFormer(before, now);
    }

    /**
     * An acknowledgement that no pending checkpoint waits for.
     *
     * @return whether it tells of files that have to go
     */
    boolean acknowledgedLate(PeerAddress taskManager, CheckpointAcknowledged ack) {
        return stragglers
                .answered(ack.checkpoint(), taskManager)
                .map(pointer -> {
                    List<String> own = new ArrayList<>();
                    for (SegmentFile file : ack.files()) {
                        LongStream writtenFor = CheckpointFileName.checkpointOfSegment(file.name()).stream();
                        if (writtenFor.anyMatch(checkpoint -> checkpoint == pointer.checkpoint())) {
                            own.add(file.name());
                        }
                    }
                    deletions.add(pointer.place(), own);
                    return true;
                })
                .orElse(false);
    }

    /** @return whether somebody waited for it */
    boolean declinedLate(PeerAddress taskManager, long checkpoint, Moment now) {
        return stragglers
                .answered(checkpoint, taskManager)
                .map(pointer -> {
                    suspect(pointer, now);
                    return true;
                })
                .orElse(false);
    }

    void taskManagerLost(PeerAddress taskManager, Moment now) {
        stragglers.lost(taskManager).forEach(pointer -> suspect(pointer, now));
    }

    /** The tasks of the run are ended: who has not answered by now may not answer at all. */
    void runEnded(Moment now) {
        stragglers.all().forEach(pointer -> suspect(pointer, now));
    }

    /**
     * A TaskManager was away, and what it answered meanwhile may be lost.
     *
     * @return checkpoints that were given up, of which it may not know
     */
    List<CheckpointPointer> connected(PeerAddress taskManager, Moment now) {
        List<CheckpointPointer> awaited = stragglers.awaitedOf(taskManager);
        awaited.forEach(pointer -> suspect(pointer, now));
        return awaited;
    }

    void onDeleteFailed(DeleteFailed event, Moment now) {
        deletions.failed(event.place(), event.names(), now);
    }

    void onSweepFailed(SweepFiles command, Moment now) {
        sweep.failed(command, now);
    }

    /** @param retained whose manifests are to be kept */
    void send(Supplier<List<CompletedCheckpoint>> retained, Moment now, Outbox out) {
        sweep.takeDue(now, () -> keep(retained.get())).forEach(command -> out.toStore(store, command));
        deletions.send(now, out);
    }

    /** When {@link #send} has something to do again; {@code Long.MAX_VALUE}: never. */
    long dueNanos() {
        return Math.min(sweep.dueNanos(), deletions.dueNanos());
    }

    /** What was written for the checkpoint lies in its place, all else where the job's own checkpoints are. */
    private void delete(CheckpointPointer pointer, List<String> names) {
        String own = CheckpointFileName.prefix(pointer.checkpoint());
        Map<Boolean, List<String>> parted =
                names.stream().collect(Collectors.partitioningBy(name -> name.startsWith(own)));
        deletions.add(pointer.place(), parted.getOrDefault(true, List.of()));
        deletions.add("", parted.getOrDefault(false, List.of()));
    }

    private Set<String> keep(List<CompletedCheckpoint> retained) {
        Set<String> names = new HashSet<>(files.held());
        for (CompletedCheckpoint checkpoint : retained) {
            if (checkpoint.pointer().kind() == CheckpointKind.CHECKPOINT) {
                names.add(CheckpointFileName.manifest(checkpoint.id()));
            }
        }
        return names;
    }
}
