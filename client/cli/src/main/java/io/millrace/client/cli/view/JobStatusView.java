package io.millrace.client.cli.view;

import io.millrace.client.cli.terminal.Table;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobDetails.OperatorDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import io.millrace.common.graph.status.JobSummary;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One job with its operators, for people. */
public final class JobStatusView {
    private static final String CHAINED = "  + ";

    private JobStatusView() {}

    public static List<String> lines(JobDetails details, ZoneId zone, long nowEpochMs) {
        JobSummary job = details.summary();
        long end = job.endedAtEpochMs() == 0 ? nowEpochMs : job.endedAtEpochMs();
        List<String> lines = new ArrayList<>();
        lines.add("Job        " + job.job());
        lines.add("Name       " + job.name());
        lines.add("Status     " + job.status() + " for " + Times.span(nowEpochMs - details.statusSinceEpochMs()));
        if (job.submittedAtEpochMs() > 0) {
            lines.add("Submitted  " + Times.moment(job.submittedAtEpochMs(), zone) + ", duration "
                    + Times.span(end - job.submittedAtEpochMs()));
        }
        lines.add("Slots      " + slots(details));
        if (!details.origin().path().isEmpty()) {
            lines.add("From       " + details.origin().path());
        }
        if (!details.origin().dropped().isEmpty()) {
            lines.add("Dropped    " + String.join(", ", details.origin().dropped()));
        }
        if (details.restarts().count() > 0) {
            lines.add("Restarts   " + details.restarts().count());
        }
        if (!details.restarts().waitsFor().isEmpty()) {
            lines.add("Waits for  " + details.restarts().waitsFor());
        }
        if (!details.vertices().isEmpty()) {
            lines.add("");
            lines.addAll(operators(details.vertices()));
            lines.add("");
            lines.addAll(subtasks(details.vertices()));
        }
        return lines;
    }

    private static String slots(JobDetails details) {
        return details.summary().status() == JobStatus.WAITING_FOR_SLOTS
                ? details.slotsNeeded() + " needed, " + details.slotsAvailable() + " free"
                : Integer.toString(details.slotsNeeded());
    }

    /** A line for each operator. Those of a chain share a thread, so they share the shares of its first. */
    private static List<String> operators(List<VertexDetails> vertices) {
        Table table =
                new Table("OPERATOR", ">TASKS", ">RECORDS IN", ">RECORDS OUT", ">BUSY", ">BACK-PRESSURED", "WATERMARK");
        for (VertexDetails vertex : vertices) {
            boolean head = true;
            for (OperatorDetails operator : vertex.operators()) {
                table.row(
                        head ? operator.name() : CHAINED + operator.name(),
                        head ? Integer.toString(vertex.parallelism()) : "",
                        Long.toString(operator.recordsIn()),
                        Long.toString(operator.recordsOut()),
                        percent(vertex.busyShare()),
                        percent(vertex.backPressuredShare()),
                        Times.watermark(operator.currentWatermark()));
                head = false;
            }
        }
        return table.lines();
    }

    private static List<String> subtasks(List<VertexDetails> vertices) {
        Table table =
                new Table("TASK", ">SUBTASK", "STATE", "TASKMANAGER", ">SLOT", ">RECORDS IN", ">RECORDS OUT", ">BUSY");
        for (VertexDetails vertex : vertices) {
            vertex.subtasks()
                    .forEach(subtask -> table.row(
                            vertex.name(),
                            Integer.toString(subtask.index() + 1),
                            subtask.state().name(),
                            subtask.taskManager().isEmpty() ? "-" : subtask.taskManager(),
                            subtask.taskManager().isEmpty() ? "-" : Integer.toString(subtask.slot()),
                            Long.toString(subtask.recordsIn()),
                            Long.toString(subtask.recordsOut()),
                            percent(subtask.busyShare())));
        }
        return table.lines();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
