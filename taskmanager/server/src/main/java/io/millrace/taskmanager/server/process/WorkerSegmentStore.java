package io.millrace.taskmanager.server.process;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.taskmanager.runtime.operator.Workers;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent;
import io.millrace.taskmanager.server.checkpoint.SegmentFiles;
import io.millrace.taskmanager.server.checkpoint.SegmentRequest;
import io.millrace.taskmanager.server.checkpoint.SegmentStore;
import io.millrace.taskmanager.server.checkpoint.SnapshotErrors;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has workers open storages and write segment files; what they find is posted to the supervisor. */
final class WorkerSegmentStore implements SegmentStore {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSegmentStore.class);

    private final Workers workers;
    private final CheckpointStorages storages;
    private final SegmentFiles files;
    private final Mailbox<SupervisorEvent> supervisor;

    WorkerSegmentStore(
            Workers workers, CheckpointStorages storages, SegmentFiles files, Mailbox<SupervisorEvent> supervisor) {
        this.workers = workers;
        this.storages = storages;
        this.files = files;
        this.supervisor = supervisor;
    }

    @Override
    public void open(JobId job, StorageLocation place) {
        run(
                "open " + place,
                () -> Outcome.success(storages.open(place)),
                outcome -> post(new CheckpointEvent.StorageOpened(job, place, outcome)));
    }

    @Override
    public void write(CheckpointStorage storage, SegmentRequest request) {
        run(
                "checkpoint " + request.checkpoint(),
                () -> files.write(storage, request),
                outcome -> post(new CheckpointEvent.SegmentsWritten(request.run(), request.checkpoint(), outcome)));
    }

    @Override
    public void close(CheckpointStorage storage) {
        run(
                "close " + storage.location(),
                () -> {
                    storage.close();
                    return Outcome.success(storage);
                },
                outcome -> {
                    if (outcome instanceof Outcome.Failure<CheckpointStorage> failure) {
                        LOG.warn("event=storage-not-closed place={} problem={}", storage.location(), failure.problem());
                    }
                });
    }

    /** Whatever becomes of the work, it is answered: a checkpoint that waits for it must come to an end. */
    private <T> void run(String name, Supplier<Outcome<T>> work, Consumer<Outcome<T>> answer) {
        try {
            workers.run(name, () -> answer.accept(outcome(name, work)));
        } catch (RuntimeException e) {
            // The workers are all busy, or are ended with the process.
            answer.accept(Outcome.failure(broke(name, e)));
        }
    }

    private static <T> Outcome<T> outcome(String name, Supplier<Outcome<T>> work) {
        try {
            return work.get();
        } catch (MillraceException e) {
            return Outcome.failure(e.problem());
        } catch (Throwable broken) {
            LOG.error("event=checkpoint-worker-broke work=\"{}\"", name, broken);
            return Outcome.failure(broke(name, broken));
        }
    }

    private static Problem broke(String name, Throwable why) {
        return Problem.of(SnapshotErrors.CHECKPOINT_WRITER_BROKE, "Storing a checkpoint failed: " + name)
                .because(why.toString())
                .fix("Look at the TaskManager's log; the next checkpoint may succeed");
    }

    private void post(CheckpointEvent event) {
        Check.invariant(
                supervisor.post(new SupervisorEvent.OfCheckpoint(event)),
                "the supervisor's mailbox has room for a storage's answer");
    }
}
