package io.millrace.common.graph.status;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointKind;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as clients are shown it.
 *
 * @param run of the job in which it was taken
 * @param subtask that made it slow or fail, for people; empty if it was none of them
 * @param cause why it failed or was slow; null if neither
 * @param path from which a job can be started; empty if it is not kept
 */
public record CheckpointSummary(
        long checkpoint,
        int run,
        CheckpointKind kind,
        CheckpointStatus status,
        Cost cost,
        String subtask,
        @Nullable Problem cause,
        String path) {

    /**
     * @param triggeredAtEpochMs wall clock
     * @param durationMs from the trigger to the end; 0 while it is in progress
     * @param alignmentMs of the subtask that waited longest for the barrier; 0 if that was under an earlier leader
     * @param stateBytes everything that a restore would read
     * @param inFlightBytes what of it are elements that were under way between tasks
     * @param writtenBytes what was written for it; 0 if that was under an earlier leader
     */
    public record Cost(
            long triggeredAtEpochMs,
            long durationMs,
            long alignmentMs,
            long stateBytes,
            long inFlightBytes,
            long writtenBytes) {
        /** Nothing is known of it. */
        public static final Cost UNKNOWN = new Cost(0, 0, 0, 0, 0, 0);

        /** Whether a barrier passed elements, which the checkpoint therefore holds. */
        public boolean isUnaligned() {
            return inFlightBytes > 0;
        }
    }
}
