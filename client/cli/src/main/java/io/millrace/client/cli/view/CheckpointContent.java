package io.millrace.client.cli.view;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A checkpoint as it is shown.
 *
 * @param problems what is wrong with files that are not sound, by their names
 */
public record CheckpointContent(String path, CheckpointManifest manifest, Map<String, Problem> problems) {

    /**
     * One state of an operator, over all subtasks.
     *
     * @param kind what it is, in words
     * @param name empty for kinds of which an operator has one
     * @param schema what the state and its types are; empty if the writer told nothing
     * @param entries written, those that later ones replace included
     * @param bytes headers of blocks included
     */
    record State(String kind, String name, String schema, long entries, long bytes) {
        private State plus(StatePart part) {
            return new State(kind, name, schema, entries + part.entries(), bytes + part.length());
        }
    }

    /** In the order in which the checkpoint has them. */
    static List<State> statesOf(OperatorSnapshot operator) {
        Map<String, State> states = new LinkedHashMap<>();
        for (SubtaskSnapshot subtask : operator.subtasks()) {
            for (StatePart part : subtask.parts()) {
                String kind = kindOf(part.kind());
                State known = states.get(kind + "/" + part.state());
                State before = known != null
                        ? known
                        : new State(
                                kind,
                                part.state(),
                                schemaOf(operator, part.kind().schemaName(part.state())),
                                0,
                                0);
                states.put(kind + "/" + part.state(), before.plus(part));
            }
        }
        return new ArrayList<>(states.values());
    }

    /** The types of an operator's keys; empty if it has none. */
    static String keysOf(OperatorSnapshot operator) {
        return schemaOf(operator, "");
    }

    static long bytesOf(OperatorSnapshot operator) {
        return statesOf(operator).stream().mapToLong(State::bytes).sum();
    }

    private static String schemaOf(OperatorSnapshot operator, String state) {
        return operator.schemas().stream()
                .filter(schema -> schema.state().equals(state))
                .findFirst()
                .map(StateDescription::textOf)
                .orElse("");
    }

    private static String kindOf(PartKind kind) {
        return switch (kind) {
            case KEYED_BASE, KEYED_DELTA -> "keyed";
            case OPERATOR_LIST -> "list";
            case OPERATOR_UNION -> "union list";
            case TIMERS, BROADCAST, SPLITS, ENUMERATOR, WRITER, COMMITTABLES, EVENT_TIME, IN_FLIGHT, NATIVE ->
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
