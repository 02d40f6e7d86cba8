package io.millrace.jobmanager.server;

import io.millrace.common.metrics.ProcessMetrics;
import io.millrace.jobmanager.control.ControlGauges;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JobManager's metrics, made when they are first asked for. Belongs to the HTTP server's thread. */
final class JobManagerMetrics {
    private final Supplier<ControlGauges> gauges;
    private @Nullable ProcessMetrics metrics;

    /** @param gauges the latest numbers of the control plane; readable by any thread */
    JobManagerMetrics(Supplier<ControlGauges> gauges) {
        this.gauges = gauges;
    }

    /** Everything in Prometheus' text format. */
    String scrape() {
        ProcessMetrics made = metrics;
        if (made == null) {
            made = make();
            metrics = made;
        }
        return made.scrape();
    }

    private ProcessMetrics make() {
        ProcessMetrics all = new ProcessMetrics();
        all.gauge("millrace_cluster_taskmanagers", "TaskManagers that are registered", () -> gauges.get()
                .taskManagers());
        all.gauge("millrace_cluster_slots", "Slots of all TaskManagers", () -> gauges.get()
                .slotsTotal());
        all.gauge("millrace_cluster_slots_free", "Slots that a job could have now", () -> gauges.get()
                .slotsFree());
        all.gauge("millrace_jobs_live", "Jobs that have not ended", () -> gauges.get()
                .jobsLive());
        all.gauge("millrace_jobs_running", "Jobs whose subtasks all run or have finished", () -> gauges.get()
                .jobsRunning());
        all.gauge("millrace_jobs_waiting_for_slots", "Jobs that need more slots than are free", () -> gauges.get()
                .jobsWaitingForSlots());
        all.counter("millrace_cluster_heartbeats", "Heartbeats of TaskManagers", () -> gauges.get()
                .heartbeats());
        all.counter("millrace_cluster_fenced_messages", "Messages refused for their epoch", () -> gauges.get()
                .fenced());
        all.counter("millrace_cluster_taskmanagers_lost", "TaskManagers that were lost", () -> gauges.get()
                .taskManagersLost());
        return all;
    }
}
