package io.millrace.client.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.cli.terminal.Json;
import io.millrace.client.cli.terminal.Table;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.restore.InFlightFit;
import io.millrace.common.graph.restore.Inflow;
import io.millrace.common.graph.restore.StateFit;
import io.millrace.common.graph.restore.StateMatch;
import io.millrace.common.graph.schema.Migration;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a checkpoint's state a job would take up. */
public final class FitView {
    private static final String REFUSED = "refused";

    /** Stands for the elements that were on their way to an operator. */
    private static final String IN_FLIGHT = "(in flight)";

    private FitView() {}

    /**
     * @param name of the operator in the job, or in the checkpoint if the job does not have it
     * @param was in the checkpoint; null for an operator that takes up nothing
     * @param note what changes
     */
    private record Row(String name, String place, @Nullable OperatorSnapshot was, String result, String note) {}

    /**
     * One state of an operator.
     *
     * @param name empty for the operator's keys
     * @param changes what is different and, if it is refused, why
     */
    private record StateLine(OperatorSnapshot operator, String name, String result, List<String> changes) {}

    public static List<String> lines(JobGraph graph, StateFit fit) {
        Table table = new Table("OPERATOR", "PLACE", "STATE OF", ">STATE", "RESULT", "NOTE");
        for (Row row : rows(graph, fit)) {
            OperatorSnapshot was = row.was();
            table.row(
                    row.name(),
                    row.place().isEmpty() ? "-" : row.place(),
                    was == null ? "-" : was.identity(),
                    was == null ? "-" : Sizes.of(CheckpointContent.bytesOf(was)),
                    row.result(),
                    row.note().isEmpty() ? "-" : row.note());
        }
        List<String> lines = new ArrayList<>(table.lines());
        List<StateLine> states = states(fit);
        if (!states.isEmpty()) {
            lines.add("");
            lines.addAll(lines(states));
        }
        return lines;
    }

    private static List<String> lines(List<StateLine> states) {
        Table table = new Table("OPERATOR", "STATE", "RESULT", "WHAT CHANGES");
        for (StateLine state : states) {
            table.row(
                    state.operator().name(),
                    state.name().isEmpty() ? "(keys)" : state.name(),
                    state.result().replace('_', ' '),
                    state.changes().isEmpty() ? "-" : String.join("; ", state.changes()));
        }
        return table.lines();
    }

    public static String json(JobGraph graph, StateFit fit, Optional<Problem> refusal) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeBooleanField("fits", refusal.isEmpty());
            json.writeStringField("code", refusal.map(Problem::code).orElse(""));
            json.writeArrayFieldStart("operators");
            for (Row row : rows(graph, fit)) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("states");
            for (StateLine state : states(fit)) {
                write(json, state);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, StateLine state) throws IOException {
        json.writeStartObject();
        json.writeStringField("operator", state.operator().name());
        json.writeStringField("identity", state.operator().identity());
        json.writeStringField("state", state.name());
        json.writeStringField("result", state.result());
        json.writeArrayFieldStart("changes");
        for (String change : state.changes()) {
            json.writeString(change);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        OperatorSnapshot was = row.was();
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeStringField("place", row.place());
        json.writeStringField("identity", was == null ? "" : was.identity());
        json.writeNumberField("stateBytes", was == null ? 0 : CheckpointContent.bytesOf(was));
        json.writeStringField("result", row.result());
        json.writeStringField("note", row.note());
        json.writeEndObject();
    }

    private static List<Row> rows(JobGraph graph, StateFit fit) {
        List<Row> rows = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (OperatorNode node : vertex.operators()) {
                OperatorSnapshot was = fit.taken().get(node.id());
                if (was == null) {
                    rows.add(new Row(node.name(), node.place(), null, "new", ""));
                    continue;
                }
                boolean resized =
                        fit.resized().stream().anyMatch(one -> one.operator().equals(was));
                boolean refused = states(fit).stream()
                        .anyMatch(one ->
                                one.operator().equals(was) && one.result().equals(REFUSED));
                rows.add(new Row(
                        node.name(),
                        node.place(),
                        was,
                        resized || refused ? REFUSED : "taken up",
                        resized
                                ? "max parallelism " + was.maxParallelism() + " -> " + vertex.maxParallelism()
                                : change(was, vertex)));
            }
        }
        fit.ambiguous().forEach(was -> rows.add(new Row(was.name(), "", was, "ambiguous", "needs a uid")));
        fit.dropped().forEach(was -> rows.add(new Row(was.name(), "", was, "dropped", "no such operator")));
        return rows;
    }

    private static List<StateLine> states(StateFit fit) {
        List<StateLine> states = new ArrayList<>();
        for (StateMatch match : fit.states()) {
            List<String> changes = new ArrayList<>();
            for (Migration.Refusal refusal : match.migration().refusals()) {
                changes.add(
                        refusal.path() + " is " + refusal.is() + " and was " + refusal.was() + ", which is refused");
            }
            changes.addAll(match.migration().changes());
            states.add(new StateLine(match.operator(), match.state(), word(match.result()), changes));
        }
        for (InFlightFit elements : fit.inFlight()) {
            StateMatch.Result result = elements.fits() ? StateMatch.Result.MATCHES : StateMatch.Result.REFUSED;
            List<String> changes = elements.fits() ? List.of() : List.of(elements.mismatch());
            states.add(new StateLine(elements.operator(), IN_FLIGHT, word(result), changes));
        }
        for (OperatorSnapshot dropped : fit.dropped()) {
            dropped.schemas().stream()
                    .filter(schema -> !schema.state().startsWith(StateDescription.CLASS) && !Inflow.isNameOf(schema))
                    .forEach(schema -> states.add(new StateLine(dropped, schema.state(), "dropped", List.of())));
        }
        return states;
    }

    private static String word(StateMatch.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    private static String change(OperatorSnapshot was, JobVertex vertex) {
        return was.parallelism() == vertex.parallelism()
                ? ""
                : "parallelism " + was.parallelism() + " -> " + vertex.parallelism();
    }
}
