package io.millrace.taskmanager.network.wire;

/**
 * The first frame in each direction of a connection.
 *
 * @param cluster name of the cluster
 * @param from who sends this
 * @param to who is meant to receive it
 * @param payloadBytes the largest payload of the sender's frames
 * @param session the conversation that this connection carries
 */
public record Hello(String cluster, Node from, Node to, int payloadBytes, Session session) {

    /**
     * A conversation between two processes, which outlives one loss of its connection.
     *
     * @param number chosen by the dialling side; grows
     * @param resumes whether the sender of this hello has been in this session before
     * @param received how many sequenced frames of this session the sender of this hello has received
     */
    public record Session(long number, boolean resumes, long received) {}
}
