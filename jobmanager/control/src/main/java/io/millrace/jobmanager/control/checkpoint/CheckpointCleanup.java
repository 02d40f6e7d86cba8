package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is left of the checkpoints of a job whose end is in the metadata log, but for those that are kept: once
 * at its end, and again a grace later, when what its last tasks were writing has come to the storage.
 */
public final class CheckpointCleanup {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCleanup.class);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SWEEPS = 2;

    private final JobId job;
    private final CheckpointStore store;
    private final ManifestLoading loading;

    private int sweeps;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long dueNanos = Long.MAX_VALUE;

    /** @param kept whose manifests and files stay */
    public CheckpointCleanup(JobId job, CheckpointStore store, List<CheckpointPointer> kept) {
        this.job = job;
        this.store = store;
        this.loading = new ManifestLoading(job, store, kept);
    }

    public JobId job() {
        return job;
    }

    public void begin(Outbox out) {
        loading.ask(out);
        sweepWhenLoaded(out);
    }

    public void on(CheckpointEvent event, Moment now, Outbox out) {
        if (event instanceof CheckpointEvent.ManifestRead read && !loading.isDone()) {
            loading.on(read);
            sweepWhenLoaded(out);
        } else if (event instanceof CheckpointEvent.ManifestUnreadable unreadable) {
            loading.on(unreadable, now);
        } else if (event instanceof CheckpointEvent.Swept swept && isOwn(swept.command())) {
            sweeps++;
            dueNanos = isDone() ? Long.MAX_VALUE : now.nanos() + GRACE_NANOS;
        } else if (event instanceof CheckpointEvent.SweepFailed failed && isOwn(failed.command())) {
            LOG.warn(
                    "job={} event=not-cleaned code={} what=\"{}\" retryMs={}",
                    job,
                    failed.problem().code(),
                    failed.problem().what(),
                    TimeUnit.NANOSECONDS.toMillis(pauseNanos));
            dueNanos = now.nanos() + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, GRACE_NANOS);
        }
    }

    public void onTime(Moment now, Outbox out) {
        loading.onTime(now, out);
        if (now.reached(dueNanos)) {
            sweepWhenLoaded(out);
        }
    }

    public long nextDeadlineNanos() {
        return Math.min(dueNanos, loading.nextDeadlineNanos());
    }

    /** Whether nothing is left but what is kept. */
    public boolean isDone() {
        return sweeps == SWEEPS;
    }

    /** Whether it is not known what has to be kept, and never will be: then everything is. */
    public boolean isHopeless() {
        return loading.verdict().isPresent();
    }

    private void sweepWhenLoaded(Outbox out) {
        dueNanos = Long.MAX_VALUE;
        if (loading.isDone()) {
            Set<String> keep = new HashSet<>();
            for (CompletedCheckpoint checkpoint : loading.loaded()) {
                if (checkpoint.pointer().place().isEmpty()) {
                    keep.add(CheckpointFileName.manifest(checkpoint.id()));
                    checkpoint.manifest().files().forEach(file -> keep.add(file.name()));
                }
            }
            out.toStore(store, new SweepFiles(job, "", Set.of(), Long.MAX_VALUE, keep));
        }
    }

    /** The job's coordinator may have asked for sweeps too. */
    private static boolean isOwn(SweepFiles command) {
        return command.before() == Long.MAX_VALUE;
    }
}
