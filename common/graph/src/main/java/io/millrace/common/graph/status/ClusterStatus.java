package io.millrace.common.graph.status;

import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.deployment.PeerAddress;
import java.util.List;

/**
 * The cluster as the JobManager sees it.
 *
 * @param clusterId as configured
 * @param version of the JobManager's software
 * @param startedAtEpochMs wall clock of the leader's start
 * @param liveJobs jobs that have not ended
 */
public record ClusterStatus(
        Epoch leaderEpoch,
        String clusterId,
        String version,
        long startedAtEpochMs,
        List<TaskManagerDetails> taskManagers,
        int liveJobs) {

    public ClusterStatus {
        taskManagers = List.copyOf(taskManagers);
    }

    public int slotsTotal() {
        return taskManagers.stream().mapToInt(TaskManagerDetails::slotsTotal).sum();
    }

    public int slotsFree() {
        return taskManagers.stream().mapToInt(TaskManagerDetails::slotsFree).sum();
    }

    /**
     * @param registeredAtEpochMs wall clock
     * @param connected false while its control stream is gone and the re-connect grace runs
     */
    public record TaskManagerDetails(
            PeerAddress address,
            int slotsTotal,
            int slotsFree,
            String version,
            long registeredAtEpochMs,
            long millisSinceHeartbeat,
            boolean connected) {}
}
