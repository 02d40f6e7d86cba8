package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A job's checkpoints for people: those that are remembered, and of those that an earlier leader took what is kept.
 *
 * @param kept checkpoints that nobody deletes now
 */
record CheckpointSummaries(CheckpointJob job, Set<Long> kept) {

    /** Newest first. */
    List<CheckpointSummary> of(List<CheckpointReport> reports, List<CompletedCheckpoint> retained) {
        List<CheckpointSummary> summaries = new ArrayList<>();
        Set<Long> reported = new HashSet<>();
        for (CheckpointReport report : reports) {
            reported.add(report.pointer().checkpoint());
            summaries.add(of(report));
        }
        retained.stream()
                .filter(checkpoint -> kept.contains(checkpoint.id()) && !reported.contains(checkpoint.id()))
                .forEach(checkpoint -> summaries.add(of(checkpoint)));
        summaries.sort(Comparator.comparingLong(CheckpointSummary::checkpoint).reversed());
        return summaries;
    }

    private CheckpointSummary of(CheckpointReport report) {
        CheckpointPointer pointer = report.pointer();
        boolean there = report.status() == CheckpointStatus.COMPLETED
                && (pointer.kind().isSavepoint() || kept.contains(pointer.checkpoint()));
        CheckpointCause cause = report.cause();
        SubtaskId subtask = cause == null ? null : cause.subtask();
        return new CheckpointSummary(
                pointer.checkpoint(),
                pointer.run(),
                pointer.kind(),
                report.status(),
                new CheckpointSummary.Cost(
                        report.times().triggeredAtEpochMs(),
                        report.times().durationMs(),
                        report.times().alignmentMs(),
                        report.stateBytes(),
                        report.inFlightBytes(),
                        report.writtenBytes()),
                subtask == null ? "" : job.nameOf(subtask),
                cause == null ? null : cause.problem(),
                there ? pathOf(pointer) : "");
    }

    private CheckpointSummary of(CompletedCheckpoint checkpoint) {
        CheckpointPointer pointer = checkpoint.pointer();
        CheckpointManifest manifest = checkpoint.manifest();
        return new CheckpointSummary(
                pointer.checkpoint(),
                pointer.run(),
                pointer.kind(),
                CheckpointStatus.COMPLETED,
                new CheckpointSummary.Cost(
                        manifest.triggeredAtEpochMs(),
                        manifest.completedAtEpochMs() - manifest.triggeredAtEpochMs(),
                        0,
                        manifest.stateBytes(),
                        manifest.bytesOf(PartKind.IN_FLIGHT),
                        0),
                "",
                null,
                pathOf(pointer));
    }

    private String pathOf(CheckpointPointer pointer) {
        return (pointer.place().isEmpty() ? job.place() : pointer.place()) + "/" + pointer.checkpoint();
    }
}
