package io.millrace.common.graph;

/**
 * One operator of a vertex's chain.
 *
 * @param id unique within the job graph
 * @param uid the user's stable name for its state; empty if none was given
 * @param name for people: logs, metrics, status
 * @param place the user's line that created the operator, such as {@code WordCount.java:42}; empty if unknown
 * @param payload the serialized operator specification; only the job's class loader can read it
 * @param types what of it can be compared without the job's classes
 */
public record OperatorNode(int id, String uid, String name, String place, OpaqueBytes payload, OperatorTypes types) {

    /** An operator of whose types nothing is known. */
    public OperatorNode(int id, String uid, String name, String place, OpaqueBytes payload) {
        this(id, uid, name, place, payload, OperatorTypes.UNKNOWN);
    }
}
