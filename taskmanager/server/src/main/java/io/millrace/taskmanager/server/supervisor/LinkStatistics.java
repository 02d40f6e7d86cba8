package io.millrace.taskmanager.server.supervisor;

/**
 * How the supervisor stands with the JobManager.
 *
 * @param registered whether a registered stream is there now
 * @param heartbeats sent since the start
 */
public record LinkStatistics(boolean registered, long heartbeats) {
    static final LinkStatistics NONE = new LinkStatistics(false, 0);
}
