package io.millrace.common.graph.status;

import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about a job.
 *
 * @param run the job's run number, from 1; 0 for a lost job
 * @param statusSinceEpochMs wall clock when the job entered its status
 * @param slotsNeeded slots that the job occupies when it runs
 * @param slotsAvailable while it waits for slots: how many are free now; 0 otherwise
 * @param restarts how often it started again, and what keeps it from running now
 * @param origin with whose state it began
 * @param failures of the newest run that failed: the first cause, then failures that followed or came later; after them
 *     the first causes of earlier runs, the newest first; a bounded number
 */
public record JobDetails(
        JobSummary summary,
        int run,
        long statusSinceEpochMs,
        int slotsNeeded,
        int slotsAvailable,
        Restarts restarts,
        Origin origin,
        List<Failure> failures,
        List<VertexDetails> vertices) {

    public JobDetails {
        failures = List.copyOf(failures);
        vertices = List.copyOf(vertices);
    }

    /**
     * @param count how often the job started again after a failure or with another JobManager
     * @param waitsFor why a job that is starting again does not run yet, in a sentence; empty otherwise
     */
    public record Restarts(int count, String waitsFor) {
        public static final Restarts NONE = new Restarts(0, "");
    }

    /**
     * @param path of the checkpoint or savepoint; empty if the job began without state
     * @param dropped operators whose state was left behind
     */
    public record Origin(String path, List<String> dropped) {
        public static final Origin NONE = new Origin("", List.of());

        public Origin {
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * @param operators sums over the subtasks, in chain order
     * @param subtasks by index
     * @param busyShare mean over the running subtasks, 0 to 1
     * @param backPressuredShare mean over the running subtasks, 0 to 1
     * @param inputs ids of the upstream vertices
     */
    public record VertexDetails(
            int id,
            String name,
            int parallelism,
            int maxParallelism,
            List<OperatorDetails> operators,
            List<SubtaskDetails> subtasks,
            double busyShare,
            double backPressuredShare,
            List<Integer> inputs) {

        public VertexDetails {
            operators = List.copyOf(operators);
            subtasks = List.copyOf(subtasks);
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * @param place the user's line; empty if unknown
     * @param currentWatermark the smallest over the subtasks that have one; null before the first watermark
     */
    public record OperatorDetails(
            int id,
            String name,
            String place,
            long recordsIn,
            long recordsOut,
            @Nullable Long currentWatermark) {}

    /**
     * @param taskManager where it runs or ran; empty before it was placed
     * @param recordsIn of the head of the chain
     * @param recordsOut of the end of the chain
     * @param currentWatermark of the head of the chain; null before the first watermark
     */
    public record SubtaskDetails(
            int index,
            int attempt,
            ExecutionState state,
            String taskManager,
            int slot,
            double busyShare,
            double backPressuredShare,
            long recordsIn,
            long recordsOut,
            @Nullable Long currentWatermark) {}
}
