package io.millrace.common.graph.restore;

import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.schema.Migration;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.StateSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What comes to an operator by one of its inputs. A checkpoint that holds elements under way says it of each operator
 * that they were on their way to, as schemas named {@code exchange:} and the place of the input.
 *
 * @param from identity of the operator that sends
 * @param sideOutput which of its outputs; empty for the main one
 * @param spread what decides to which subtask an element goes
 * @param elements description of their type; empty if it is not known
 */
public record Inflow(String from, String sideOutput, Spread spread, OpaqueBytes elements) {
    private static final String SCHEMA = "exchange:";

    /** What decides to which subtask an element goes. */
    public enum Spread {
        /** Its key. */
        HASH,
        /** Its key, and the user's partitioner. */
        CUSTOM,
        /** Nothing: all go to the first subtask. */
        GLOBAL,
        /** Nothing: any subtask is right. */
        ANY
    }

    /**
     * In the order of the operator's inputs, which is that of the graph's edges.
     *
     * @param identities by which later jobs find operators
     */
    public static List<Inflow> of(
            JobGraph graph, JobVertex vertex, OperatorNode node, Function<OperatorNode, String> identities) {
        List<Inflow> inflows = new ArrayList<>();
        if (vertex.head().id() == node.id()) {
            for (JobEdge edge : graph.edges()) {
                if (edge.targetVertex() == vertex.id()) {
                    OperatorNode sender = operator(graph.vertex(edge.sourceVertex()), edge.sourceOperator());
                    inflows.add(of(sender, edge.sideOutput(), spread(edge.kind()), identities));
                }
            }
        }
        for (ChainLink link : vertex.links()) {
            if (link.to() == node.id()) {
                inflows.add(of(operator(vertex, link.from()), link.sideOutput(), Spread.ANY, identities));
            }
        }
        return inflows;
    }

    private static Inflow of(
            OperatorNode sender, String sideOutput, Spread spread, Function<OperatorNode, String> identities) {
        OpaqueBytes elements = sender.types().outputs().getOrDefault(sideOutput, OpaqueBytes.EMPTY);
        return new Inflow(identities.apply(sender), sideOutput, spread, elements);
    }

    private static OperatorNode operator(JobVertex vertex, int id) {
        return vertex.operators().stream()
                .filter(node -> node.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No operator " + id + " in " + vertex.name()));
    }

    private static Spread spread(ExchangeKind kind) {
        return switch (kind) {
            case HASH -> Spread.HASH;
            case CUSTOM -> Spread.CUSTOM;
            case GLOBAL -> Spread.GLOBAL;
            case FORWARD, REBALANCE, RESCALE, SHUFFLE, BROADCAST, ASSIGNMENT -> Spread.ANY;
        };
    }

    public static boolean isNameOf(StateSchema schema) {
        return schema.state().startsWith(SCHEMA);
    }

    /** As a checkpoint has them. */
    public static List<StateSchema> written(List<Inflow> inflows) {
        List<StateSchema> schemas = new ArrayList<>();
        for (Inflow inflow : inflows) {
            String text = line(inflow.forPeople())
                    + '\n'
                    + inflow.spread
                    + '\n'
                    + line(inflow.from)
                    + '\n'
                    + line(inflow.sideOutput)
                    + '\n'
                    + text(inflow.elements);
            schemas.add(
                    new StateSchema(SCHEMA + schemas.size(), new OpaqueBytes(text.getBytes(StandardCharsets.UTF_8))));
        }
        return schemas;
    }

    /** What {@link #written} made of them; empty where it was of another form. */
    static List<Inflow> read(List<StateSchema> schemas) {
        List<Inflow> inflows = new ArrayList<>();
        for (StateSchema schema : schemas) {
            if (isNameOf(schema)) {
                parse(text(schema.description())).ifPresent(inflows::add);
            }
        }
        return inflows;
    }

    private static Optional<Inflow> parse(String text) {
        String[] lines = text.split("\n", 5);
        if (lines.length < 5) {
            return Optional.empty();
        }
        for (Spread spread : Spread.values()) {
            if (spread.name().equals(lines[1])) {
                OpaqueBytes elements = new OpaqueBytes(lines[4].getBytes(StandardCharsets.UTF_8));
                return Optional.of(new Inflow(lines[2], lines[3], spread, elements));
            }
        }
        return Optional.empty();
    }

    Inflow sentBy(String identity) {
        return new Inflow(identity, sideOutput, spread, elements);
    }

    /** Whether elements that came so may come as others do. */
    boolean isLike(Inflow other) {
        boolean known = !elements.equals(OpaqueBytes.EMPTY) && !other.elements.equals(OpaqueBytes.EMPTY);
        return line(from).equals(line(other.from))
                && line(sideOutput).equals(line(other.sideOutput))
                && spread == other.spread
                && (!known
                        || SchemaChange.between(new StateSchema("", elements), new StateSchema("", other.elements))
                                        .verdict()
                                == Migration.Verdict.SAME);
    }

    /** {@code Order from uid:parse by hash}. */
    String forPeople() {
        String type = elements.equals(OpaqueBytes.EMPTY)
                ? "elements"
                : StateDescription.textOf(new StateSchema("", elements));
        String side = sideOutput.isEmpty() ? "" : ", side output '" + sideOutput + "',";
        return type + " from " + from + side
                + (spread == Spread.ANY ? "" : " by " + spread.name().toLowerCase(Locale.ROOT));
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }

    private static String text(OpaqueBytes bytes) {
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }
}
