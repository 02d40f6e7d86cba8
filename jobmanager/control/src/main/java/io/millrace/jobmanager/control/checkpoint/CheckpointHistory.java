package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.jobmanager.control.checkpoint.CheckpointReport.SubtaskReport;
import io.millrace.jobmanager.control.checkpoint.CheckpointReport.Times;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The last checkpoints with their times, sizes and causes; for people, nothing is decided by it. */
public final class CheckpointHistory {
    private static final Comparator<SubtaskReport> BY_SLOWNESS =
            Comparator.comparingLong(SubtaskReport::acknowledgedAfterMs).thenComparingLong(SubtaskReport::ownMs);

    private final CheckpointJob job;
    private final int size;
    private final long slowMs;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();

    /** One checkpoint as far as it has come. */
    private static final class Entry {
        private final CheckpointPointer pointer;
        private final Moment triggered;
        private final List<SubtaskReport> subtasks = new ArrayList<>();
        private long inFlightBytes;
        private CheckpointStatus status = CheckpointStatus.IN_PROGRESS;
        private @Nullable Moment acknowledged;
        private @Nullable Moment ended;
        private @Nullable CheckpointCause cause;

        Entry(CheckpointPointer pointer, Moment triggered) {
            this.pointer = pointer;
            this.triggered = triggered;
        }

        long longest(ToLongFunction<SnapshotCost> time) {
            return subtasks.stream()
                    .map(SubtaskReport::cost)
                    .mapToLong(time)
                    .max()
                    .orElse(0);
        }

        long durationMs() {
            return ended == null ? 0 : millis(triggered, ended);
        }

        CheckpointReport report() {
            Times times = new Times(
                    triggered.epochMs(),
                    ended == null ? 0 : ended.epochMs(),
                    durationMs(),
                    longest(SnapshotCost::alignmentMs),
                    longest(SnapshotCost::synchronousMs),
                    longest(SnapshotCost::asynchronousMs),
                    acknowledged == null || ended == null ? 0 : millis(acknowledged, ended));
            return new CheckpointReport(pointer, status, times, subtasks, inFlightBytes, cause);
        }
    }

    /** @param slowMs beyond which a complete checkpoint was slow; 0: none is */
    CheckpointHistory(CheckpointJob job, int size, long slowMs) {
        this.job = job;
        this.size = size;
        this.slowMs = slowMs;
    }

    /** Oldest first. */
    public List<CheckpointReport> reports() {
        return entries.values().stream().map(Entry::report).toList();
    }

    /** Of one checkpoint, if it is remembered. */
    public Optional<CheckpointReport> report(long checkpoint) {
        return Optional.ofNullable(entries.get(checkpoint)).map(Entry::report);
    }

    void triggered(PendingCheckpoint pending) {
        entries.put(pending.id(), new Entry(pending.pointer(), pending.triggered()));
        if (entries.size() > size) {
            entries.pollFirstEntry();
        }
    }

    void acknowledged(PendingCheckpoint pending, PeerAddress by, CheckpointAcknowledged ack, Moment now) {
        Entry entry = entries.get(pending.id());
        if (entry == null) {
            return;
        }
        long afterMs = millis(entry.triggered, now);
        ack.subtasks()
                .forEach(subtask -> entry.subtasks.add(
                        new SubtaskReport(subtask.subtask(), by.taskManager(), afterMs, subtask.cost())));
        ack.subtasks().forEach(subtask -> entry.inFlightBytes += inFlightBytes(subtask));
        if (pending.unanswered().isEmpty()) {
            entry.acknowledged = now;
        }
    }

    private static long inFlightBytes(SubtaskAcknowledgement subtask) {
        return subtask.operators().stream()
                .flatMap(operator -> operator.parts().stream())
                .filter(part -> part.kind() == PartKind.IN_FLIGHT)
                .mapToLong(StatePart::length)
                .sum();
    }

    void completed(PendingCheckpoint pending, Moment now) {
        Entry entry = entries.get(pending.id());
        if (entry != null) {
            entry.status = CheckpointStatus.COMPLETED;
            entry.ended = now;
            entry.cause = slowMs > 0 && entry.durationMs() > slowMs ? slowness(entry) : null;
        }
    }

    void failed(PendingCheckpoint pending, CheckpointCause cause, Moment now) {
        Entry entry = entries.get(pending.id());
        if (entry != null) {
            entry.status = CheckpointStatus.FAILED;
            entry.ended = now;
            entry.cause = cause;
        }
    }

    /** Which of these subtasks was the slowest when a checkpoint was last complete; any if none took part in it. */
    Optional<SubtaskId> slowestOf(Collection<SubtaskId> subtasks) {
        return entries.descendingMap().values().stream()
                .filter(entry -> entry.status == CheckpointStatus.COMPLETED)
                .findFirst()
                .flatMap(entry -> entry.subtasks.stream()
                        .filter(report -> subtasks.contains(report.subtask()))
                        .max(Comparator.comparingLong(SubtaskReport::ownMs)))
                .map(SubtaskReport::subtask)
                .or(() -> subtasks.stream().findFirst());
    }

    private @Nullable CheckpointCause slowness(Entry entry) {
        return entry.subtasks.stream()
                .max(BY_SLOWNESS)
                .map(slowest -> new CheckpointCause(
                        slowest.subtask(),
                        Problem.of(
                                        CheckpointErrors.CHECKPOINT_SLOW,
                                        "Checkpoint " + entry.pointer.checkpoint() + " took " + entry.durationMs()
                                                + " ms")
                                .at(job.nameOf(slowest.subtask()) + " on " + slowest.taskManager())
                                .because("It was acknowledged after " + slowest.acknowledgedAfterMs() + " ms: "
                                        + slowest.cost().alignmentMs() + " ms alignment, "
                                        + slowest.cost().synchronousMs() + " ms synchronous, "
                                        + slowest.cost().asynchronousMs() + " ms asynchronous")
                                .fix("Alignment points at back-pressure, the asynchronous part at the storage")))
                .orElse(null);
    }

    private static long millis(Moment from, Moment to) {
        return TimeUnit.NANOSECONDS.toMillis(to.nanos() - from.nanos());
    }
}
