package io.millrace.jobmanager.control;

/**
 * The control plane in numbers, for metrics. Counters count since the start.
 *
 * @param heartbeats received
 * @param fenced messages refused for their epoch
 * @param taskManagersLost since the start
 */
public record ControlGauges(
        int taskManagers,
        int slotsTotal,
        int slotsFree,
        int jobsLive,
        int jobsRunning,
        int jobsWaitingForSlots,
        long heartbeats,
        long fenced,
        long taskManagersLost) {

    static final ControlGauges NONE = new ControlGauges(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
