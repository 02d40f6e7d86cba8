package io.millrace.jobmanager.control.log;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import java.util.List;
import java.util.Optional;

/**
 * A job as the metadata log has it.
 *
 * @param graph empty of everything but its name if the job has ended
 * @param place of its own checkpoints
 * @param origin with whose state it began
 * @param run the last that may have begun
 * @param idsEnd numbers of checkpoints below it may have been used
 * @param pointers of complete checkpoints that are kept, and of the last savepoint that stopped the job; lowest number
 *     first
 * @param end empty while it has not ended
 */
public record LoggedJob(
        JobId id,
        JobGraph graph,
        String place,
        long submittedAtEpochMs,
        Optional<RestoreOrigin> origin,
        int run,
        long idsEnd,
        List<CheckpointPointer> pointers,
        Optional<End> end) {
    public LoggedJob {
        pointers = List.copyOf(pointers);
    }

    /**
     * @param failure why it failed, in brief; empty if it did not, or nobody wrote it down
     * @param cleaned whether nothing is left of its checkpoints but what is kept
     */
    public record End(JobStatus status, long atEpochMs, Optional<Failure> failure, boolean cleaned) {}

    public boolean isLive() {
        return end.isEmpty();
    }
}
