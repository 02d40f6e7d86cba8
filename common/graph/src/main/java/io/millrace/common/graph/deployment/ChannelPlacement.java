package io.millrace.common.graph.deployment;

/**
 * The other end of one channel of a gate.
 *
 * @param peerSubtask index of the subtask at the other end
 * @param peer the process where it runs; the deployed task's own process for a channel inside one process
 */
public record ChannelPlacement(int peerSubtask, PeerAddress peer) {}
