package io.millrace.client.cli.view;

import io.millrace.client.cli.terminal.Json;
import io.millrace.client.cli.terminal.Table;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The cluster with its TaskManagers. */
public final class ClusterView {

    private ClusterView() {}

    /** @param address where the JobManager was asked */
    public static List<String> lines(ClusterStatus status, String address, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("JobManager  " + address + " (cluster " + status.clusterId() + ", version " + status.version()
                + ", epoch " + status.leaderEpoch().number() + ")");
        lines.add("Started     " + Times.moment(status.startedAtEpochMs(), zone));
        lines.add("Slots       " + status.slotsFree() + " of " + status.slotsTotal() + " free");
        lines.add("Live jobs   " + status.liveJobs());
        lines.add("");
        if (status.taskManagers().isEmpty()) {
            lines.add("No TaskManagers");
            return lines;
        }
        Table table = new Table("TASKMANAGER", "DATA", ">SLOTS", ">FREE", "REGISTERED", "HEARTBEAT", "VERSION");
        for (TaskManagerDetails taskManager : status.taskManagers()) {
            table.row(
                    taskManager.address().taskManager().name(),
                    taskManager.address().host() + ":" + taskManager.address().dataPort(),
                    Integer.toString(taskManager.slotsTotal()),
                    Integer.toString(taskManager.slotsFree()),
                    Times.moment(taskManager.registeredAtEpochMs(), zone),
                    taskManager.connected()
                            ? Times.span(taskManager.millisSinceHeartbeat()) + " ago"
                            : "connection lost",
                    taskManager.version());
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** The line that says that a cluster is ready. */
    public static String ready(ClusterStatus status, String address, String after) {
        String ports = String.join(
                ", ",
                status.taskManagers().stream()
                        .map(taskManager ->
                                Integer.toString(taskManager.address().dataPort()))
                        .toList());
        int count = status.taskManagers().size();
        return "Cluster ready after " + after + ": JobManager " + address + ", " + count
                + (count == 1 ? " TaskManager (data port " : " TaskManagers (data ports ") + ports + "), "
                + status.slotsTotal() + " slots";
    }

    public static String json(ClusterStatus status, String address) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("address", address);
            json.writeStringField("clusterId", status.clusterId());
            json.writeStringField("version", status.version());
            json.writeNumberField("leaderEpoch", status.leaderEpoch().number());
            json.writeNumberField("startedAtEpochMs", status.startedAtEpochMs());
            json.writeNumberField("slotsTotal", status.slotsTotal());
            json.writeNumberField("slotsFree", status.slotsFree());
            json.writeNumberField("liveJobs", status.liveJobs());
            json.writeArrayFieldStart("taskManagers");
            for (TaskManagerDetails taskManager : status.taskManagers()) {
                json.writeStartObject();
                json.writeStringField("id", taskManager.address().taskManager().name());
                json.writeStringField(
                        "incarnation", taskManager.address().incarnation().toString());
                json.writeStringField("host", taskManager.address().host());
                json.writeNumberField("dataPort", taskManager.address().dataPort());
                json.writeNumberField("slotsTotal", taskManager.slotsTotal());
                json.writeNumberField("slotsFree", taskManager.slotsFree());
                json.writeStringField("version", taskManager.version());
                json.writeNumberField("registeredAtEpochMs", taskManager.registeredAtEpochMs());
                json.writeNumberField("millisSinceHeartbeat", taskManager.millisSinceHeartbeat());
                json.writeBooleanField("connected", taskManager.connected());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
