package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import java.util.function.Function;

/**
 * The job whose checkpoints are taken.
 *
 * @param identities by which a later job finds an operator's state: its uid, or its structural id
 * @param place of the job's own checkpoints, in the form of {@link io.millrace.common.core.config.StorageLocation}
 */
public record CheckpointJob(JobId id, JobGraph graph, Function<OperatorNode, String> identities, String place) {

    /** A subtask as people know it. */
    String nameOf(SubtaskId subtask) {
        JobVertex vertex = graph.vertex(subtask.vertex());
        return "'" + vertex.name() + "' (" + (subtask.index() + 1) + "/" + vertex.parallelism() + ")";
    }
}
