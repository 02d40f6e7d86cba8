package io.millrace.client.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.cli.terminal.Json;
import io.millrace.client.cli.terminal.Table;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Checkpoints of a job, one in a line, then why some of them were slow or failed. */
public final class CheckpointListView {

    private CheckpointListView() {}

    public static List<String> lines(List<CheckpointSummary> checkpoints, ZoneId zone) {
        if (checkpoints.isEmpty()) {
            return List.of("No checkpoints");
        }
        Table table = new Table(
                ">CHECKPOINT",
                "KIND",
                "STATUS",
                "TRIGGERED",
                ">DURATION",
                ">ALIGNMENT",
                ">STATE",
                ">IN FLIGHT",
                ">WRITTEN",
                "KEPT AT");
        List<String> causes = new ArrayList<>();
        for (CheckpointSummary checkpoint : checkpoints) {
            boolean ended = checkpoint.status() != CheckpointStatus.IN_PROGRESS;
            // Of checkpoints of a job that ended under another JobManager only the place is known.
            boolean measured = checkpoint.cost().triggeredAtEpochMs() > 0;
            table.row(
                    Long.toString(checkpoint.checkpoint()),
                    checkpoint.kind().name(),
                    checkpoint.status().name(),
                    measured ? Times.moment(checkpoint.cost().triggeredAtEpochMs(), zone) : "-",
                    ended && measured ? Times.span(checkpoint.cost().durationMs()) : "-",
                    ended && measured ? Times.span(checkpoint.cost().alignmentMs()) : "-",
                    measured ? Sizes.of(checkpoint.cost().stateBytes()) : "-",
                    checkpoint.cost().isUnaligned() ? Sizes.of(checkpoint.cost().inFlightBytes()) : "-",
                    measured ? Sizes.of(checkpoint.cost().writtenBytes()) : "-",
                    checkpoint.path().isEmpty() ? "-" : checkpoint.path());
            Problem cause = checkpoint.cause();
            if (cause != null) {
                String subtask = checkpoint.subtask().isEmpty() ? "" : " in subtask " + checkpoint.subtask();
                causes.add("Checkpoint " + checkpoint.checkpoint() + subtask + ": " + cause.render());
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (!causes.isEmpty()) {
            lines.add("");
            lines.addAll(causes);
        }
        return lines;
    }

    public static String json(List<CheckpointSummary> checkpoints) {
        return Json.text(json -> {
            json.writeStartArray();
            for (CheckpointSummary checkpoint : checkpoints) {
                write(json, checkpoint);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, CheckpointSummary checkpoint) throws IOException {
        json.writeStartObject();
        json.writeNumberField("checkpoint", checkpoint.checkpoint());
        json.writeNumberField("run", checkpoint.run());
        json.writeStringField("kind", checkpoint.kind().name());
        json.writeStringField("status", checkpoint.status().name());
        json.writeNumberField("triggeredAtEpochMs", checkpoint.cost().triggeredAtEpochMs());
        json.writeNumberField("durationMs", checkpoint.cost().durationMs());
        json.writeNumberField("alignmentMs", checkpoint.cost().alignmentMs());
        json.writeBooleanField("unaligned", checkpoint.cost().isUnaligned());
        json.writeNumberField("stateBytes", checkpoint.cost().stateBytes());
        json.writeNumberField("inFlightBytes", checkpoint.cost().inFlightBytes());
        json.writeNumberField("writtenBytes", checkpoint.cost().writtenBytes());
        json.writeStringField("path", checkpoint.path());
        json.writeStringField("subtask", checkpoint.subtask());
        Problem cause = checkpoint.cause();
        if (cause != null) {
            json.writeObjectFieldStart("cause");
            json.writeStringField("code", cause.code());
            json.writeStringField("what", cause.what());
            json.writeStringField("where", cause.where());
            json.writeStringField("why", cause.why());
            json.writeStringField("nextStep", cause.nextStep());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
