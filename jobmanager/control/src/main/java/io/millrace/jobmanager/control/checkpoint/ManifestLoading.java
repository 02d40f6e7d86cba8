package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.contract.CheckpointCommand.ReadManifest;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestRead;
import io.millrace.jobmanager.control.contract.CheckpointEvent.ManifestUnreadable;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the manifests of all checkpoints that the log says are kept. One that cannot be read is never passed over: what
 * may be better later is read again, with growing pauses, and everything else ends the loading with a problem.
 */
public final class ManifestLoading {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestLoading.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final JobId job;
    private final CheckpointStore store;
    private final TreeMap<Long, ReadManifest> missing = new TreeMap<>();
    private final List<CompletedCheckpoint> loaded = new ArrayList<>();

    private @Nullable CompletedCheckpoint origin;

    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long dueNanos = Long.MAX_VALUE;
    private @Nullable Problem trouble;
    private @Nullable Problem verdict;

    public ManifestLoading(JobId job, CheckpointStore store, List<CheckpointPointer> pointers) {
        this.job = job;
        this.store = store;
        pointers.forEach(pointer -> missing.put(pointer.checkpoint(), new ReadManifest(job, job, pointer)));
    }

    /** A checkpoint of another job with which this one began is read too. */
    void alsoOrigin(RestoreOrigin wanted) {
        missing.put(wanted.checkpoint(), new ReadManifest(job, wanted.writer(), wanted.pointer()));
    }

    /** Asks for what is missing. */
    public void ask(Outbox out) {
        dueNanos = Long.MAX_VALUE;
        missing.values().forEach(command -> out.toStore(store, command));
    }

    public void on(ManifestRead event) {
        ReadManifest command = missing.remove(event.manifest().checkpoint());
        if (command == null) {
            return;
        }
        CompletedCheckpoint read = new CompletedCheckpoint(command.pointer(), event.manifest());
        if (command.writer().equals(job)) {
            loaded.add(read);
        } else {
            origin = read;
        }
    }

    public void on(ManifestUnreadable event, Moment now) {
        if (!missing.containsKey(event.checkpoint())) {
            return;
        }
        trouble = event.problem();
        LOG.warn(
                "job={} checkpoint={} event=unreadable permanent={} code={} what=\"{}\" where=\"{}\"",
                job,
                event.checkpoint(),
                event.permanent(),
                event.problem().code(),
                event.problem().what(),
                event.problem().where());
        if (event.permanent()) {
            verdict = Problem.of(
                            CheckpointErrors.CHECKPOINT_NOT_RECOVERABLE,
                            "Checkpoint " + event.checkpoint() + " cannot be recovered from")
                    .at(event.problem().where())
                    .because("[" + event.problem().code() + "] "
                            + event.problem().what()
                            + (event.problem().why().isEmpty()
                                    ? ""
                                    : ": " + event.problem().why()))
                    .fix(
                            "No older checkpoint is taken by itself, and nothing was deleted. Bring the file back and submit"
                                    + " the job again from this path, or from a savepoint");
        } else if (dueNanos == Long.MAX_VALUE) {
            dueNanos = now.nanos() + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
    }

    public void onTime(Moment now, Outbox out) {
        if (now.reached(dueNanos)) {
            ask(out);
        }
    }

    public long nextDeadlineNanos() {
        return dueNanos;
    }

    public boolean isDone() {
        return missing.isEmpty();
    }

    /** All of them, when it {@link #isDone}. */
    public List<CompletedCheckpoint> loaded() {
        return List.copyOf(loaded);
    }

    /** That of another job with which this one began, if it was to be read and is. */
    Optional<CompletedCheckpoint> origin() {
        return Optional.ofNullable(origin);
    }

    /** Why it will never be done. */
    public Optional<Problem> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** What it waits for, for people. */
    public String waitsFor() {
        return trouble == null
                ? "the checkpoint storage"
                : "the checkpoint storage: [" + trouble.code() + "] " + trouble.what() + " (" + trouble.where() + ")";
    }
}
