package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handling of one end of I/O: to whom it goes. */
record StoreTurn(JobId job, CheckpointCommits commits, Leftovers leftovers, Moment now, Outbox out)
        implements CheckpointEvent.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreTurn.class);

    @Override
    public void on(CheckpointEvent.ManifestStored event) {
        commits.on(event, now, out);
    }

    @Override
    public void on(CheckpointEvent.ManifestFailed event) {
        commits.on(event, now, out);
    }

    @Override
    public void on(CheckpointEvent.ManifestRead event) {
        throw new IllegalStateException("Invariant broken: manifests are read before there is a coordinator");
    }

    @Override
    public void on(CheckpointEvent.ManifestUnreadable event) {
        throw new IllegalStateException("Invariant broken: manifests are read before there is a coordinator");
    }

    @Override
    public void on(CheckpointEvent.OriginRead event) {
        throw new IllegalStateException("Invariant broken: an origin is read before there is a job");
    }

    @Override
    public void on(CheckpointEvent.OriginUnreadable event) {
        throw new IllegalStateException("Invariant broken: an origin is read before there is a job");
    }

    @Override
    public void on(CheckpointEvent.PointerRecorded event) {
        commits.on(event, now, out);
    }

    @Override
    public void on(CheckpointEvent.PointerFailed event) {
        commits.on(event, now, out);
    }

    @Override
    public void on(CheckpointEvent.FilesDeleted event) {
        LOG.debug("job={} event=deleted files={}", job, event.names().size());
    }

    @Override
    public void on(CheckpointEvent.DeleteFailed event) {
        leftovers.onDeleteFailed(event, now);
    }

    @Override
    public void on(CheckpointEvent.Swept event) {
        LOG.debug("job={} event=swept checkpoints={}", job, event.command().checkpoints());
    }

    @Override
    public void on(CheckpointEvent.SweepFailed event) {
        leftovers.onSweepFailed(event.command(), now);
    }
}
