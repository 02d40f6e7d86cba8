package io.millrace.client.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.cli.terminal.Json;
import io.millrace.client.cli.terminal.Table;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.status.JobSummary;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Jobs, one in a line. */
public final class JobListView {
    private static final int SHOWN_ID_DIGITS = 12;

    private JobListView() {}

    /** The start of an id, long enough to name the job. */
    public static String shortId(JobSummary job) {
        return job.job().toString().substring(0, SHOWN_ID_DIGITS);
    }

    public static List<String> lines(List<JobSummary> jobs, ZoneId zone, long nowEpochMs) {
        if (jobs.isEmpty()) {
            return List.of("No jobs");
        }
        Table table = new Table("JOB", "NAME", "STATUS", ">RUNNING", "SUBMITTED", ">DURATION");
        for (JobSummary job : jobs) {
            long end = job.endedAtEpochMs() == 0 ? nowEpochMs : job.endedAtEpochMs();
            boolean known = job.submittedAtEpochMs() > 0;
            table.row(
                    shortId(job),
                    job.name(),
                    job.status().name(),
                    running(job),
                    Times.moment(job.submittedAtEpochMs(), zone),
                    known ? Times.span(end - job.submittedAtEpochMs()) : "-");
        }
        return table.lines();
    }

    public static String json(List<JobSummary> jobs) {
        return Json.text(json -> {
            json.writeStartArray();
            for (JobSummary job : jobs) {
                json.writeStartObject();
                writeFields(json, job);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    public static String json(JobSummary job) {
        return Json.text(json -> {
            json.writeStartObject();
            writeFields(json, job);
            json.writeEndObject();
        });
    }

    /** The fields of a job, into an object that is open. */
    static void writeFields(JsonGenerator json, JobSummary job) throws IOException {
        json.writeStringField("job", job.job().toString());
        json.writeStringField("name", job.name());
        json.writeStringField("status", job.status().name());
        json.writeNumberField("submittedAtEpochMs", job.submittedAtEpochMs());
        json.writeNumberField("endedAtEpochMs", job.endedAtEpochMs());
        json.writeObjectFieldStart("subtasks");
        for (Map.Entry<ExecutionState, Integer> count : job.subtasks().entrySet()) {
            json.writeNumberField(count.getKey().name(), count.getValue());
        }
        json.writeEndObject();
    }

    private static String running(JobSummary job) {
        int all = job.subtasks().values().stream().mapToInt(Integer::intValue).sum();
        return job.subtasks().getOrDefault(ExecutionState.RUNNING, 0) + "/" + all;
    }
}
