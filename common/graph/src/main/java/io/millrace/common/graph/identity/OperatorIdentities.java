package io.millrace.common.graph.identity;

import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The identity of every operator of a job graph: its uid, or what its place in the graph says. What a program may
 * change without meaning another operator does not count: names, source lines, payloads (lambdas are renamed by the
 * compiler), parallelism, and with it what is chained and how elements are spread over equal subtasks. What counts are
 * the operators before and behind it, the numbers of inputs, side outputs, and whether an input is keyed, broadcast or
 * an assignment of splits, for that decides what kind of state there can be.
 *
 * <p>The graph is one that the rules of graphs accept: without cycles, every edge attached.
 */
public final class OperatorIdentities {
    private static final String UID = "uid:";

    private final Map<Integer, Node> nodes = new TreeMap<>();
    private final Map<Integer, String> before = new TreeMap<>();
    private final Map<Integer, String> behind = new TreeMap<>();
    private final Map<Integer, String> identities;

    /** A stream from one operator to another, chained or not. */
    private record Stream(int from, int to, int input, String sideOutput, String kind) {
        String label() {
            return input + "|" + sideOutput + "|" + kind;
        }
    }

    private record Node(OperatorNode operator, List<Stream> inputs, List<Stream> outputs) {}

    private OperatorIdentities(JobGraph graph) {
        for (JobVertex vertex : graph.vertices()) {
            for (OperatorNode operator : vertex.operators()) {
                nodes.put(operator.id(), new Node(operator, new ArrayList<>(), new ArrayList<>()));
            }
        }
        for (JobVertex vertex : graph.vertices()) {
            for (ChainLink link : vertex.links()) {
                add(new Stream(link.from(), link.to(), link.input(), link.sideOutput(), "plain"));
            }
        }
        for (JobEdge edge : graph.edges()) {
            int head = graph.vertex(edge.targetVertex()).head().id();
            add(new Stream(edge.sourceOperator(), head, edge.targetInput(), edge.sideOutput(), kindOf(edge)));
        }
        // In topological order, so that what a hash is made of is always known: graphs may be deep.
        List<Integer> order = graph.vertices().stream()
                .flatMap(vertex -> vertex.operators().stream())
                .map(OperatorNode::id)
                .toList();
        order.forEach(this::before);
        for (int i = order.size() - 1; i >= 0; i--) {
            behind(order.get(i));
        }
        this.identities = assign();
    }

    /** Operator id to identity, for all operators of the graph. No two are the same. */
    public static Map<Integer, String> of(JobGraph graph) {
        return new OperatorIdentities(graph).identities;
    }

    private void add(Stream stream) {
        node(stream.from()).outputs().add(stream);
        node(stream.to()).inputs().add(stream);
    }

    private Map<Integer, String> assign() {
        String shape = ShapeHash.of(nodes.keySet().stream().map(this::before).toList());
        Map<String, List<Integer>> alike = new LinkedHashMap<>();
        nodes.forEach((id, node) -> {
            if (node.operator().uid().isEmpty()) {
                alike.computeIfAbsent(before(id), key -> new ArrayList<>()).add(id);
            }
        });
        Map<Integer, String> assigned = new LinkedHashMap<>();
        nodes.forEach((id, node) -> {
            String uid = node.operator().uid();
            assigned.put(
                    id,
                    uid.isEmpty()
                            ? structural(id, alike.getOrDefault(before(id), List.of()), shape)
                                    .toString()
                            : UID + uid);
        });
        return Map.copyOf(assigned);
    }

    /** @param alike operators without a uid, this one among them, to which the same leads */
    private StructuralId structural(int id, List<Integer> alike, String shape) {
        List<Integer> twins =
                alike.stream().filter(other -> behind(other).equals(behind(id))).toList();
        String rest = alike.size() == 1 ? StructuralId.ONLY : "";
        if (twins.size() > 1) {
            rest = (twins.indexOf(id) + 1) + "of" + twins.size() + "-" + shape;
        }
        return new StructuralId(before(id), behind(id), rest);
    }

    /** What the operator is by all that leads to it. */
    private String before(int id) {
        String known = before.get(id);
        if (known == null) {
            known = ShapeHash.of(node(id).inputs().stream()
                    .map(input -> input.label() + "|" + nameOr(input.from(), before(input.from())))
                    .sorted()
                    .collect(Collectors.toList()));
            before.put(id, known);
        }
        return known;
    }

    /** What the operator is by all that follows from it. */
    private String behind(int id) {
        String known = behind.get(id);
        if (known == null) {
            known = ShapeHash.of(node(id).outputs().stream()
                    .map(output -> output.label() + "|" + nameOr(output.to(), behind(output.to())))
                    .sorted()
                    .collect(Collectors.toList()));
            behind.put(id, known);
        }
        return known;
    }

    /** A neighbour with a uid is known by it, whatever lies beyond. */
    private String nameOr(int id, String structure) {
        String uid = node(id).operator().uid();
        return uid.isEmpty() ? structure : UID + uid;
    }

    private Node node(int id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("There is no operator " + id);
        }
        return node;
    }

    private static String kindOf(JobEdge edge) {
        return switch (edge.kind()) {
            case HASH -> "keyed";
            case BROADCAST -> "broadcast";
            case ASSIGNMENT -> "assignment";
            case FORWARD, REBALANCE, RESCALE, SHUFFLE, GLOBAL, CUSTOM -> "plain";
        };
    }
}
