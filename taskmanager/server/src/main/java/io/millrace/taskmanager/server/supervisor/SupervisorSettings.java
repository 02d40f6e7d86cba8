package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.graph.deployment.PeerAddress;

/**
 * What a supervisor is and how patient it is.
 *
 * @param clusterId the cluster the TaskManager was configured for
 * @param address name, incarnation and data plane of this process
 * @param slots how many it offers
 * @param version of the software, for people
 * @param reconnectDelayNanos wait before the second attempt to connect; doubles up to
 *     {@code longestReconnectDelayNanos}
 * @param orphanTimeoutNanos how long tasks go on without a JobManager before they are cancelled
 */
public record SupervisorSettings(
        String clusterId,
        PeerAddress address,
        int slots,
        String version,
        long reconnectDelayNanos,
        long longestReconnectDelayNanos,
        long orphanTimeoutNanos) {}
