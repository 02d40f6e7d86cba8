package io.millrace.common.graph;

import java.util.List;

/**
 * A chain of operators that run together in one task. The first operator of {@code operators} is the head: it alone has
 * inputs from edges (or is a source); the others are reached by {@code links}, in topological order.
 *
 * @param id unique within the job graph, from 0
 * @param name for people
 * @param parallelism how many subtasks run it
 * @param maxParallelism number of key groups its keyed state is addressed by
 * @param slotSharingGroup subtasks of one group may share a slot; {@code default} unless the user says otherwise
 */
public record JobVertex(
        int id,
        String name,
        int parallelism,
        int maxParallelism,
        String slotSharingGroup,
        List<OperatorNode> operators,
        List<ChainLink> links) {

    /** The number of key groups unless a job says otherwise. */
    public static final int DEFAULT_MAX_PARALLELISM = 32_768;

    public static final String DEFAULT_SLOT_SHARING_GROUP = "default";

    public JobVertex {
        operators = List.copyOf(operators);
        links = List.copyOf(links);
    }

    public OperatorNode head() {
        return operators.get(0);
    }
}
