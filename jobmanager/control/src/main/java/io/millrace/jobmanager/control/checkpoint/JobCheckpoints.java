package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import io.millrace.jobmanager.control.log.LoggedJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one job over its whole life, under one leader: what the log knows of is read first, and only then
 * there is a coordinator. Belongs to the job's master.
 */
public final class JobCheckpoints {
    private final CheckpointJob job;
    private final CheckpointSettings settings;
    private final CheckpointStore store;
    private final LongSupplier nonces;
    private final List<CheckpointPointer> known;
    private final CheckpointIds ids;
    private final ManifestLoading loading;

    private @Nullable CheckpointCoordinator coordinator;

    /**
     * What the log knows of the job.
     *
     * @param idsNext numbers from it on were never used
     * @param idsEnd numbers below it may be
     * @param origin with whose state the job began
     */
    public record Known(long idsNext, long idsEnd, List<CheckpointPointer> pointers, Optional<RestoreOrigin> origin) {
        /** Of a job that is submitted now. */
        public static Known of(LogEntry.Submitted submitted) {
            long next = submitted.idsNext();
            return new Known(next, next + LogEntry.IDS_PER_BLOCK, List.of(), submitted.origin());
        }

        /** Of a job of an earlier leader, which may have used every number that it had reserved. */
        public static Known of(LoggedJob logged) {
            return new Known(logged.idsEnd(), logged.idsEnd(), logged.pointers(), logged.origin());
        }
    }

    public JobCheckpoints(
            CheckpointJob job, CheckpointSettings settings, CheckpointStore store, LongSupplier nonces, Known known) {
        this.job = job;
        this.settings = settings;
        this.store = store;
        this.nonces = nonces;
        this.known = List.copyOf(known.pointers());
        this.ids = new CheckpointIds(known.idsNext(), known.idsEnd());
        this.loading = new ManifestLoading(job.id(), store, known.pointers());
        if (this.known.isEmpty()) {
            known.origin().ifPresent(loading::alsoOrigin);
        }
    }

    /**
     * Reads what is to be read.
     *
     * @param origin the manifest of the job's origin, if that is read already
     */
    public void begin(Optional<CheckpointManifest> origin, Moment now, Outbox out) {
        origin.ifPresent(manifest -> loading.on(new CheckpointEvent.ManifestRead(job.id(), manifest)));
        loading.ask(out);
        coordinateWhenReady(now);
    }

    /** The log has reserved numbers below this one. */
    public void onIdsReserved(long end, Moment now) {
        ids.reserved(end);
        coordinateWhenReady(now);
    }

    /** What the log is to reserve with the next run. */
    public long nextIdsEnd() {
        return ids.nextEnd();
    }

    /** What the log is to reserve now; asked for once. */
    public Optional<Long> takeWantedIds() {
        return coordinator == null ? Optional.empty() : ids.takeWanted();
    }

    /** Whether it is known which checkpoint is the latest. */
    public boolean isSettled() {
        return coordinator != null && !coordinator.isRecording();
    }

    /** Whether a pointer is on its way to the log. */
    public boolean isRecording() {
        return coordinator != null && coordinator.isRecording();
    }

    /** Pointers that the log had when this leader began. */
    public List<CheckpointPointer> known() {
        return known;
    }

    /**
     * From which the next run has to begin, the origin at first; empty for the beginning. When it {@link #isSettled}.
     */
    public Optional<CompletedCheckpoint> latest() {
        return coordinator == null ? Optional.empty() : coordinator.latest().or(loading::origin);
    }

    /** Those of the job's own that are kept, oldest first; empty while it is not known what they are. */
    public Optional<List<CompletedCheckpoint>> retained() {
        return Optional.ofNullable(coordinator).map(CheckpointCoordinator::retained);
    }

    /** Where the files of a checkpoint are. */
    public String placeOf(CheckpointPointer pointer) {
        return pointer.place().isEmpty() ? job.place() : pointer.place();
    }

    /** Why no run can begin any more, ever. */
    public Optional<Problem> loadingVerdict() {
        return loading.verdict();
    }

    /** Why the run has to fail: more checkpoints failed than it tolerates. */
    public Optional<Problem> verdict() {
        return coordinator == null ? Optional.empty() : coordinator.verdict();
    }

    /** What keeps it from being settled, for people. */
    public String waitsFor() {
        return loading.isDone() ? "the metadata log" : loading.waitsFor();
    }

    public void onRunning(RunningTasks tasks, Moment now) {
        with(coordinator -> coordinator.onRunning(tasks, now));
    }

    public void onRunEnded(String reason, Moment now, Outbox out) {
        with(coordinator -> coordinator.onRunEnded(reason, now, out));
    }

    public void onTaskFinished(SubtaskId subtask) {
        with(coordinator -> coordinator.onTaskFinished(subtask));
    }

    public void onTaskEnded(SubtaskId subtask) {
        with(coordinator -> coordinator.onTaskEnded(subtask));
    }

    public void onTaskManagerLost(PeerAddress taskManager, Moment now, Outbox out) {
        with(coordinator -> coordinator.onTaskManagerLost(taskManager, now, out));
    }

    public void onTaskManagerConnected(PeerAddress taskManager, Moment now, Outbox out) {
        with(coordinator -> coordinator.onTaskManagerConnected(taskManager, now, out));
    }

    public void onAcknowledged(PeerAddress from, CheckpointAcknowledged ack, Moment now, Outbox out) {
        with(coordinator -> coordinator.onAcknowledged(from, ack, now, out));
    }

    public void onDeclined(PeerAddress from, CheckpointDeclined declined, Moment now, Outbox out) {
        with(coordinator -> coordinator.onDeclined(from, declined, now, out));
    }

    public void onSavepointRequested(SavepointRequest request, Moment now, Outbox out) {
        if (coordinator == null) {
            Problem problem = Problem.of(CheckpointErrors.JOB_NOT_RUNNING, "The job is being recovered")
                    .fix("Try again when 'millrace status JOB' shows that it runs");
            out.answer(request.replyTo(), Outcome.failure(problem));
        }
        with(coordinator -> coordinator.onSavepointRequested(request, now, out));
    }

    public void on(CheckpointEvent event, Moment now, Outbox out) {
        if (event instanceof CheckpointEvent.ManifestRead read) {
            loading.on(read);
            coordinateWhenReady(now);
        } else if (event instanceof CheckpointEvent.ManifestUnreadable unreadable) {
            loading.on(unreadable, now);
        } else {
            with(coordinator -> coordinator.on(event, now, out));
        }
    }

    public void onTime(Moment now, Outbox out) {
        loading.onTime(now, out);
        with(coordinator -> {
            if (now.reached(coordinator.nextDeadlineNanos())) {
                coordinator.onTime(now, out);
            }
        });
    }

    public long nextDeadlineNanos() {
        long next = loading.nextDeadlineNanos();
        return coordinator == null ? next : Math.min(next, coordinator.nextDeadlineNanos());
    }

    /** What was taken and failed; empty before there is a coordinator. */
    public Optional<CheckpointHistory> history() {
        return Optional.ofNullable(coordinator).map(CheckpointCoordinator::history);
    }

    /**
     * For people, newest first.
     *
     * @param kept what stays of a job that has ended; empty while it lives, when all that are retained are kept
     */
    public List<CheckpointSummary> summaries(Optional<List<CheckpointPointer>> kept) {
        CheckpointCoordinator current = coordinator;
        if (current == null) {
            return List.of();
        }
        List<CompletedCheckpoint> retained = current.retained();
        Set<Long> ids = kept
                .orElseGet(() ->
                        retained.stream().map(CompletedCheckpoint::pointer).toList())
                .stream()
                .map(CheckpointPointer::checkpoint)
                .collect(Collectors.toUnmodifiableSet());
        return new CheckpointSummaries(job, ids).of(current.history().reports(), retained);
    }

    private void coordinateWhenReady(Moment now) {
        if (coordinator == null && loading.isDone() && !ids.isEmpty()) {
            coordinator = new CheckpointCoordinator(
                    job, settings, new CheckpointCoordinator.Sources(store, ids::take, nonces), loading.loaded(), now);
        }
    }

    private void with(Consumer<CheckpointCoordinator> action) {
        CheckpointCoordinator current = coordinator;
        if (current != null) {
            action.accept(current);
        }
    }
}
