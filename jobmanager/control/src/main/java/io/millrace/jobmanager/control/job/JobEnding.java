package io.millrace.jobmanager.control.job;

import io.millrace.common.core.config.JobOptions;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.jobmanager.control.checkpoint.CompletedCheckpoint;
import io.millrace.jobmanager.control.checkpoint.JobCheckpoints;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a job: decided when nothing of it runs any more, written to the metadata log when no pointer is on its way
 * there, and only then told. What stays of its checkpoints is decided with it.
 */
final class JobEnding {
    private final JobDefinition job;
    private final JobCheckpoints checkpoints;
    private final JobEntries entries;
    private final FailureHistory failures;

    private @Nullable JobStatus decided;
    private boolean asked;
    private List<CheckpointPointer> kept = List.of();

    /** @param failures of the job, asked for when it ends */
    JobEnding(JobDefinition job, JobCheckpoints checkpoints, JobEntries entries, FailureHistory failures) {
        this.job = job;
        this.checkpoints = checkpoints;
        this.entries = entries;
        this.failures = failures;
    }

    /** Whether it is settled how the job ends. */
    boolean isDecided() {
        return decided != null;
    }

    /** Whether the log was asked to take the end. */
    boolean isAsked() {
        return asked;
    }

    /** Nothing of the job runs any more. To be called until the end is in the log. */
    void advance(JobStatus end, Moment now, Outbox out) {
        decided = decided == null ? end : decided;
        if (asked || checkpoints.isRecording()) {
            return;
        }
        asked = true;
        kept = kept(decided);
        List<Long> ids = kept.stream().map(CheckpointPointer::checkpoint).toList();
        entries.append(new LogEntry.Ended(job.id(), decided, now.epochMs(), ids, failureOf(decided)), out);
    }

    /** The first cause of the last run's end, which others may have followed from. */
    private Optional<Failure> failureOf(JobStatus end) {
        return end == JobStatus.FAILED ? failures.newest().stream().findFirst().map(Failure::brief) : Optional.empty();
    }

    /** Checkpoints whose manifests and files stay. */
    List<CheckpointPointer> kept() {
        return kept;
    }

    /** If those that the log knows of could not be read, nobody can say what may go. */
    private List<CheckpointPointer> kept(JobStatus end) {
        if (checkpoints.retained().isEmpty() && end == JobStatus.FAILED) {
            return checkpoints.known();
        }
        return keeps(end) ? last() : List.of();
    }

    private boolean keeps(JobStatus end) {
        String retention = job.configuration().get(JobOptions.CHECKPOINT_RETENTION);
        return switch (end) {
            case CANCELED -> retention.equals("retain");
            case FAILED -> !retention.equals("delete");
            default -> false;
        };
    }

    /** The last one; all that the log knows of, if they were not read yet. */
    private List<CheckpointPointer> last() {
        Optional<List<CompletedCheckpoint>> retained = checkpoints.retained();
        if (retained.isEmpty()) {
            return checkpoints.known();
        }
        int size = retained.get().size();
        return retained.get().subList(Math.max(0, size - 1), size).stream()
                .map(CompletedCheckpoint::pointer)
                .toList();
    }
}
