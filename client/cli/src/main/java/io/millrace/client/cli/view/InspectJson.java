package io.millrace.client.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.cli.terminal.Json;
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.io.IOException;

/** What is in a checkpoint, for machines. */
public final class InspectJson {

    private InspectJson() {}

    public static String of(CheckpointContent content) {
        CheckpointManifest manifest = content.manifest();
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("path", content.path());
            json.writeStringField("job", manifest.job().toString());
            json.writeStringField("jobName", manifest.jobName());
            json.writeNumberField("checkpoint", manifest.checkpoint());
            json.writeNumberField("run", manifest.run());
            json.writeBooleanField("savepoint", manifest.savepoint());
            json.writeNumberField("formatVersion", ManifestFile.FORMAT_VERSION);
            json.writeNumberField("triggeredAtEpochMs", manifest.triggeredAtEpochMs());
            json.writeNumberField("completedAtEpochMs", manifest.completedAtEpochMs());
            json.writeNumberField("stateBytes", manifest.stateBytes());
            json.writeNumberField("inFlightBytes", manifest.bytesOf(PartKind.IN_FLIGHT));
            json.writeBooleanField("unaligned", manifest.bytesOf(PartKind.IN_FLIGHT) > 0);
            json.writeBooleanField("sound", content.problems().isEmpty());
            json.writeArrayFieldStart("operators");
            for (OperatorSnapshot operator : manifest.operators()) {
                write(json, operator);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("files");
            for (SegmentFile file : manifest.files()) {
                write(json, content, file);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, OperatorSnapshot operator) throws IOException {
        json.writeStartObject();
        json.writeStringField("identity", operator.identity());
        json.writeStringField("name", operator.name());
        json.writeNumberField("parallelism", operator.parallelism());
        json.writeNumberField("maxParallelism", operator.maxParallelism());
        json.writeNumberField("inFlightBytes", operator.bytesOf(PartKind.IN_FLIGHT));
        json.writeStringField("keySchema", CheckpointContent.keysOf(operator));
        json.writeArrayFieldStart("states");
        for (CheckpointContent.State state : CheckpointContent.statesOf(operator)) {
            json.writeStartObject();
            json.writeStringField("name", state.name());
            json.writeStringField("kind", state.kind());
            json.writeStringField("schema", state.name().isEmpty() ? "" : state.schema());
            json.writeNumberField("entries", state.entries());
            json.writeNumberField("bytes", state.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, CheckpointContent content, SegmentFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeNumberField("bytes", file.length());
        Problem problem = content.problems().get(file.name());
        json.writeBooleanField("sound", problem == null);
        if (problem != null) {
            json.writeStringField("code", problem.code());
            json.writeStringField("where", problem.where());
            json.writeStringField("why", problem.why());
        }
        json.writeEndObject();
    }
}
