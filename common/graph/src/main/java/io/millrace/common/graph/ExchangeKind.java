package io.millrace.common.graph;

/** How the elements of an edge are spread over the subtasks of the consuming vertex. */
public enum ExchangeKind {
    /** Subtask i to subtask i; both sides have the same parallelism. */
    FORWARD,
    /** By the key group of the element's key, through the deployment's {@link KeyGroupRouting}. */
    HASH,
    /** Round robin over all consumers. */
    REBALANCE,
    /** Round robin within a group of neighbouring consumers. */
    RESCALE,
    /** To a consumer drawn at random for each element. */
    SHUFFLE,
    /** Every element to every consumer. */
    BROADCAST,
    /** Every element to consumer 0. */
    GLOBAL,
    /** By a partitioner of the user's. */
    CUSTOM,
    /** From a split enumerator to the reader that an assignment names. */
    ASSIGNMENT;

    /** Whether subtask i of the producer has a channel to every subtask of the consumer. */
    public boolean connectsAll() {
        return this != FORWARD && this != RESCALE;
    }
}
