package io.millrace.client.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.cli.terminal.Json;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobDetails.OperatorDetails;
import io.millrace.common.graph.status.JobDetails.SubtaskDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One job with everything that is known about it, for machines. */
public final class JobStatusJson {

    private JobStatusJson() {}

    public static String of(JobDetails details) {
        return Json.text(json -> {
            json.writeStartObject();
            JobListView.writeFields(json, details.summary());
            json.writeNumberField("run", details.run());
            json.writeNumberField("statusSinceEpochMs", details.statusSinceEpochMs());
            json.writeNumberField("slotsNeeded", details.slotsNeeded());
            json.writeNumberField("slotsAvailable", details.slotsAvailable());
            json.writeNumberField("restarts", details.restarts().count());
            json.writeStringField("waitsFor", details.restarts().waitsFor());
            json.writeStringField("from", details.origin().path());
            json.writeArrayFieldStart("droppedState");
            for (String dropped : details.origin().dropped()) {
                json.writeString(dropped);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("failures");
            for (Failure failure : details.failures()) {
                write(json, failure);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("vertices");
            for (VertexDetails vertex : details.vertices()) {
                write(json, vertex);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Failure failure) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", failure.problem().code());
        json.writeStringField("what", failure.problem().what());
        json.writeStringField("where", failure.problem().where());
        json.writeStringField("why", failure.problem().why());
        json.writeStringField("nextStep", failure.problem().nextStep());
        json.writeStringField("vertex", failure.vertexName());
        if (failure.subtask() != null) {
            json.writeNumberField("subtask", failure.subtask().index());
        }
        json.writeStringField("taskManager", failure.taskManager());
        json.writeNumberField("atEpochMs", failure.atEpochMs());
        json.writeStringField("stackTrace", failure.stackTrace());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, VertexDetails vertex) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", vertex.id());
        json.writeStringField("name", vertex.name());
        json.writeNumberField("parallelism", vertex.parallelism());
        json.writeNumberField("maxParallelism", vertex.maxParallelism());
        json.writeNumberField("busyShare", vertex.busyShare());
        json.writeNumberField("backPressuredShare", vertex.backPressuredShare());
        json.writeArrayFieldStart("inputs");
        for (int input : vertex.inputs()) {
            json.writeNumber(input);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("operators");
        for (OperatorDetails operator : vertex.operators()) {
            write(json, operator);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("subtasks");
        for (SubtaskDetails subtask : vertex.subtasks()) {
            write(json, subtask);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OperatorDetails operator) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", operator.id());
        json.writeStringField("name", operator.name());
        json.writeStringField("place", operator.place());
        json.writeNumberField("recordsIn", operator.recordsIn());
        json.writeNumberField("recordsOut", operator.recordsOut());
        writeWatermark(json, operator.currentWatermark());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SubtaskDetails subtask) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", subtask.index());
        json.writeNumberField("attempt", subtask.attempt());
        json.writeStringField("state", subtask.state().name());
        json.writeStringField("taskManager", subtask.taskManager());
        json.writeNumberField("slot", subtask.slot());
        json.writeNumberField("busyShare", subtask.busyShare());
        json.writeNumberField("backPressuredShare", subtask.backPressuredShare());
        json.writeNumberField("recordsIn", subtask.recordsIn());
        json.writeNumberField("recordsOut", subtask.recordsOut());
        writeWatermark(json, subtask.currentWatermark());
        json.writeEndObject();
    }

    private static void writeWatermark(JsonGenerator json, @Nullable Long watermark) throws IOException {
        if (watermark != null) {
            json.writeNumberField("currentWatermark", watermark);
        }
    }
}
