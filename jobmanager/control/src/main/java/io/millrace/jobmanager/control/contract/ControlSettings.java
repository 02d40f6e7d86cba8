package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.Epoch;
import java.util.concurrent.TimeUnit;

/**
 * What the control plane is told at its start.
 *
 * @param clusterId as configured
 * @param version of the software
 * @param epoch of this leader
 */
public record ControlSettings(String clusterId, String version, Epoch epoch, Timing timing, Limits limits) {

    /**
     * @param heartbeatIntervalMs how often a TaskManager sends a heartbeat
     * @param heartbeatTimeoutMs after what silence it is lost
     * @param reconnectGraceMs how long a TaskManager whose stream closed may take to come back
     * @param slotTimeoutMs how long a job waits for slots
     */
    public record Timing(long heartbeatIntervalMs, long heartbeatTimeoutMs, long reconnectGraceMs, long slotTimeoutMs) {

        public Timing {
            Check.argument(heartbeatIntervalMs > 0, "The heartbeat interval is positive");
            Check.argument(
                    heartbeatTimeoutMs >= 2 * heartbeatIntervalMs,
                    "The heartbeat time-out (" + heartbeatTimeoutMs + " ms) is at least twice the interval ("
                            + heartbeatIntervalMs + " ms)");
            Check.argument(reconnectGraceMs >= 0 && slotTimeoutMs >= 0, "Times are not negative");
        }

        long nanos(long ms) {
            return TimeUnit.MILLISECONDS.toNanos(ms);
        }

        public long heartbeatIntervalNanos() {
            return nanos(heartbeatIntervalMs);
        }

        public long heartbeatTimeoutNanos() {
            return nanos(heartbeatTimeoutMs);
        }

        public long reconnectGraceNanos() {
            return nanos(reconnectGraceMs);
        }

        public long slotTimeoutNanos() {
            return nanos(slotTimeoutMs);
        }
    }

    /**
     * @param retainedJobs how many ended jobs are kept
     * @param liveJobs how many jobs may be live at once
     * @param retainedLines how many printed lines are kept per job
     * @param retainedLineBytes how much memory they may take per job
     * @param resultWindow how many result batches per operator and subtask may be unacknowledged
     */
    public record Limits(int retainedJobs, int liveJobs, int retainedLines, long retainedLineBytes, int resultWindow) {}
}
