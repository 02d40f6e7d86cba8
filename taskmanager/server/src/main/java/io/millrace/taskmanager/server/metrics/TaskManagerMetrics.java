package io.millrace.taskmanager.server.metrics;

import io.millrace.common.metrics.DynamicFamily;
import io.millrace.common.metrics.ProcessMetrics;
import io.millrace.taskmanager.network.DataPlaneStatistics;
import io.millrace.taskmanager.runtime.task.OperatorStatistics;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TaskManager's metrics, made when they are first asked for. Thread-safe. */
public final class TaskManagerMetrics implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final TaskManagerProcess process;
    private final int slots;
    private @Nullable ProcessMetrics metrics;

    /** One operator of one task. */
    private record OperatorOfTask(TaskStatistics task, OperatorStatistics operator) {}

    public TaskManagerMetrics(TaskManagerProcess process, int slots) {
        this.process = process;
        this.slots = slots;
    }

    /** Everything in Prometheus' text format. For the HTTP server's thread. */
    public String scrape() {
        ProcessMetrics made = metrics;
        if (made == null) {
            made = make();
            metrics = made;
        }
        return made.scrape();
    }

    private ProcessMetrics make() {
        ProcessMetrics all = new ProcessMetrics();
        all.gauge("millrace_slots", "Slots of this TaskManager", () -> slots);
        all.gauge("millrace_tasks", "Tasks that this TaskManager has", () -> process.statistics()
                .size());
        all.gauge(
                "millrace_registered",
                "1 while the JobManager knows this TaskManager",
                () -> process.link().registered() ? 1 : 0);
        all.counter("millrace_heartbeats_sent", "Heartbeats sent to the JobManager", () -> process.link()
                .heartbeats());
        addNetwork(all);
        all.dynamic(taskFamily());
        all.dynamic(operatorFamily());
        return all;
    }

    private void addNetwork(ProcessMetrics all) {
        all.counter("millrace_network_sent_bytes", "Bytes of frames sent to other TaskManagers", () -> network()
                .bytesSent());
        all.counter(
                "millrace_network_received_bytes", "Bytes of frames received from other TaskManagers", () -> network()
                        .bytesReceived());
        all.counter("millrace_network_sent_frames", "Frames sent to other TaskManagers", () -> network()
                .framesSent());
        all.counter("millrace_network_received_frames", "Frames received from other TaskManagers", () -> network()
                .framesReceived());
        all.gauge(
                "millrace_network_credits_outstanding",
                "Frames that other TaskManagers may send here now",
                () -> network().creditsOutstanding());
        all.gauge(
                "millrace_network_channels_without_credit",
                "Channels to other TaskManagers that wait for credit",
                () -> network().channelsWithoutCredit());
        all.counter("millrace_network_reconnects", "Connections that were lost and came back", () -> network()
                .reconnects());
        all.gauge("millrace_network_buffers_in_use", "Send buffers in use", () -> network()
                .sendBuffersInUse());
    }

    private DataPlaneStatistics network() {
        return process.dataPlane().statistics();
    }

    private DynamicFamily taskFamily() {
        return DynamicFamily.of(process::statistics, TaskManagerMetrics::labels)
                .counter("millrace_task_records_in", "Elements given to the task", TaskStatistics::recordsIn)
                .counter("millrace_task_records_out", "Elements handed to other tasks", TaskStatistics::recordsOut)
                .counter("millrace_task_bytes_in", "Bytes taken from other processes", TaskStatistics::bytesIn)
                .counter("millrace_task_bytes_out", "Bytes handed to other processes", TaskStatistics::bytesOut)
                .counter(
                        "millrace_task_busy_seconds", "Time spent working", task -> task.busyNanos() / NANOS_PER_SECOND)
                .counter(
                        "millrace_task_back_pressured_seconds",
                        "Time spent waiting for room",
                        task -> task.blockedNanos() / NANOS_PER_SECOND)
                .gauge(
                        "millrace_task_watermark_seconds",
                        "Event time of the watermark in force; NaN before",
                        task -> task.watermark() == Long.MIN_VALUE ? Double.NaN : task.watermark() / 1e3)
                .build();
    }

    private DynamicFamily operatorFamily() {
        return DynamicFamily.of(this::operators, TaskManagerMetrics::labels)
                .counter("millrace_operator_records_in", "Elements taken by the operator", entry -> entry.operator()
                        .recordsIn())
                .counter("millrace_operator_records_out", "Elements emitted by the operator", entry -> entry.operator()
                        .recordsOut())
                .counter(
                        "millrace_operator_late_records",
                        "Elements dropped because they were late",
                        entry -> entry.operator().lateRecords())
                .build();
    }

    private List<OperatorOfTask> operators() {
        List<OperatorOfTask> all = new ArrayList<>();
        for (TaskStatistics task : process.statistics()) {
            task.operators().forEach(operator -> all.add(new OperatorOfTask(task, operator)));
        }
        return all;
    }

    private static Labels labels(TaskStatistics task) {
        return Labels.of(
                "job", task.id().job().toString(),
                "task", task.name(),
                "subtask", Integer.toString(task.id().index()));
    }

    private static Labels labels(OperatorOfTask entry) {
        return labels(entry.task())
                .merge(Labels.of(
                        "operator", entry.operator().name(),
                        "operator_id", Integer.toString(entry.operator().operatorId())));
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
    }
}
