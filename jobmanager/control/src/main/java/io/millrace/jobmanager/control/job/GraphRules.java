package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.jobmanager.control.contract.ControlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a job graph must satisfy before it is accepted. Finds all problems at once, so that the user sees them together.
 */
public final class GraphRules {
    private static final int MAX_NAME_CHARS = 512;
    private static final int MAX_OPERATORS = 10_000;
    private static final int MAX_SUBTASKS = 100_000;
    private static final int MAX_CHANNELS = 10_000_000;

    private final JobGraph graph;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Integer, JobVertex> vertices = new HashMap<>();

    private GraphRules(JobGraph graph) {
        this.graph = graph;
    }

    /** The reason for which the graph is refused, with all problems in it; empty if there is none. */
    public static Optional<Problem> check(JobGraph graph) {
        List<Problem> problems = new GraphRules(graph).findAll();
        if (problems.size() <= 1) {
            return problems.stream().findFirst();
        }
        String list = problems.stream()
                .map(problem -> "[" + problem.code() + "] " + problem.what()
                        + (problem.where().isEmpty() ? "" : " (" + problem.where() + ")"))
                .collect(Collectors.joining("\n"));
        return Optional.of(Problem.of(
                        ControlError.INVALID_JOB_GRAPH,
                        "Job '" + graph.name() + "' has " + problems.size() + " problems")
                .because(list)
                .fix("Correct them all and submit the job again"));
    }

    private List<Problem> findAll() {
        if (graph.vertices().isEmpty()) {
            add(ControlError.JOB_EMPTY, "The job has no operators", "Add a source and a sink before execute()");
            return problems;
        }
        checkNameAndSize();
        graph.vertices().forEach(this::checkVertex);
        checkUids();
        Set<Integer> edgeIds = new HashSet<>();
        for (JobEdge edge : graph.edges()) {
            if (!edgeIds.add(edge.id())) {
                add(ControlError.GRAPH_DUPLICATE_ID, "Two edges have the id " + edge.id(), "Build the graph anew");
            }
            checkEdge(edge);
        }
        if (problems.isEmpty()) {
            checkFlow();
        }
        return problems;
    }

    private void checkNameAndSize() {
        if (graph.name().length() > MAX_NAME_CHARS) {
            add(
                    ControlError.JOB_NAME_TOO_LONG,
                    "The job's name has " + graph.name().length() + " characters, " + MAX_NAME_CHARS + " are possible",
                    "Give a shorter name with --name");
        }
        int operators =
                graph.vertices().stream().mapToInt(v -> v.operators().size()).sum();
        long subtasks =
                graph.vertices().stream().mapToLong(JobVertex::parallelism).sum();
        if (operators > MAX_OPERATORS || subtasks > MAX_SUBTASKS) {
            add(
                    ControlError.JOB_TOO_LARGE,
                    "The job has " + operators + " operators and " + subtasks + " subtasks; " + MAX_OPERATORS + " and "
                            + MAX_SUBTASKS + " are possible",
                    "Lower the parallelism, or split the job");
        }
    }

    private void checkVertex(JobVertex vertex) {
        if (vertices.putIfAbsent(vertex.id(), vertex) != null) {
            add(ControlError.GRAPH_DUPLICATE_ID, "Two vertices have the id " + vertex.id(), "Build the graph anew");
        }
        if (vertex.operators().isEmpty()) {
            add(ControlError.GRAPH_EMPTY_VERTEX, named(vertex) + " has no operators", "Build the graph anew");
            return;
        }
        int most = JobVertex.DEFAULT_MAX_PARALLELISM;
        boolean bounded = vertex.maxParallelism() >= 1 && vertex.maxParallelism() <= most;
        if (!bounded || vertex.parallelism() < 1 || vertex.parallelism() > vertex.maxParallelism()) {
            problems.add(Problem.of(
                            ControlError.BAD_PARALLELISM,
                            named(vertex) + " has parallelism " + vertex.parallelism() + " and max parallelism "
                                    + vertex.maxParallelism())
                    .at(vertex.head().place())
                    .because("1 <= parallelism <= max parallelism <= " + most)
                    .fix("Set the parallelism, or raise setMaxParallelism(...)"));
        }
        List<Integer> order = vertex.operators().stream().map(OperatorNode::id).toList();
        for (ChainLink link : vertex.links()) {
            int from = order.indexOf(link.from());
            int to = order.indexOf(link.to());
            if (from < 0 || to < 0 || from >= to) {
                add(
                        ControlError.GRAPH_DANGLING_LINK,
                        named(vertex) + " has a link from operator " + link.from() + " to " + link.to()
                                + " that does not lead forward in its chain",
                        "Build the graph anew");
            }
        }
    }

    private void checkUids() {
        Set<Integer> ids = new HashSet<>();
        Map<String, OperatorNode> uids = new HashMap<>();
        for (JobVertex vertex : graph.vertices()) {
            for (OperatorNode operator : vertex.operators()) {
                if (!ids.add(operator.id())) {
                    add(
                            ControlError.GRAPH_DUPLICATE_ID,
                            "Two operators have the id " + operator.id(),
                            "Build the graph anew");
                }
                OperatorNode other = operator.uid().isEmpty() ? null : uids.putIfAbsent(operator.uid(), operator);
                if (other != null) {
                    problems.add(Problem.of(
                                    ControlError.DUPLICATE_UID,
                                    "Operators '" + other.name() + "' and '" + operator.name() + "' have the same uid '"
                                            + operator.uid() + "'")
                            .at(operator.place())
                            .fix("Give each operator a uid of its own"));
                }
            }
        }
    }

    private void checkEdge(JobEdge edge) {
        JobVertex source = vertices.get(edge.sourceVertex());
        JobVertex target = vertices.get(edge.targetVertex());
        boolean attached = source != null
                && target != null
                && source.operators().stream().anyMatch(operator -> operator.id() == edge.sourceOperator())
                && edge.targetInput() >= 0;
        if (!attached) {
            add(
                    ControlError.GRAPH_DANGLING_EDGE,
                    "Edge " + edge.id() + " leads from vertex " + edge.sourceVertex() + " (operator "
                            + edge.sourceOperator() + ") to vertex " + edge.targetVertex() + " (input "
                            + edge.targetInput() + "), not all of which exist",
                    "Build the graph anew");
        } else if (edge.kind() == ExchangeKind.FORWARD && source.parallelism() != target.parallelism()) {
            problems.add(Problem.of(
                            ControlError.GRAPH_FORWARD_PARALLELISM,
                            "forward() leads from " + named(source) + " with parallelism " + source.parallelism()
                                    + " to " + named(target) + " with parallelism " + target.parallelism())
                    .at(target.operators().isEmpty() ? "" : target.head().place())
                    .fix("Give both the same parallelism, or use rebalance() or rescale()"));
        } else if ((long) source.parallelism() * target.parallelism() > MAX_CHANNELS) {
            add(
                    ControlError.JOB_TOO_LARGE,
                    "The exchange from " + named(source) + " to " + named(target) + " needs "
                            + (long) source.parallelism() * target.parallelism() + " channels, " + MAX_CHANNELS
                            + " are possible",
                    "Lower the parallelism");
        }
    }

    /**
     * Elements flow from sources to sinks: removing vertices without inputs again and again removes all, by Kahn
     * (1962).
     */
    private void checkFlow() {
        Map<Integer, Integer> inputs = new HashMap<>();
        graph.edges().forEach(edge -> inputs.merge(edge.targetVertex(), 1, Integer::sum));
        Set<Integer> withOutputs =
                graph.edges().stream().map(JobEdge::sourceVertex).collect(Collectors.toSet());
        if (inputs.keySet().containsAll(vertices.keySet())) {
            add(ControlError.JOB_WITHOUT_SOURCE, "The job has no source", "Start the pipeline from a source");
        }
        if (withOutputs.containsAll(vertices.keySet())) {
            add(ControlError.JOB_WITHOUT_SINK, "The job has no sink", "End the pipeline in a sink");
        }
        List<Integer> ready = new ArrayList<>(vertices.keySet());
        ready.removeAll(inputs.keySet());
        Set<Integer> remaining = new HashSet<>(vertices.keySet());
        while (!ready.isEmpty()) {
            Integer vertex = ready.remove(ready.size() - 1);
            remaining.remove(vertex);
            for (JobEdge edge : graph.edges()) {
                if (edge.sourceVertex() == vertex && inputs.merge(edge.targetVertex(), -1, Integer::sum) == 0) {
                    ready.add(edge.targetVertex());
                }
            }
        }
        if (!remaining.isEmpty()) {
            String names = graph.vertices().stream()
                    .filter(vertex -> remaining.contains(vertex.id()))
                    .map(GraphRules::named)
                    .collect(Collectors.joining(", "));
            add(ControlError.GRAPH_CYCLE, "The job has a cycle through " + names, "Elements cannot flow in a circle");
        }
    }

    private void add(ControlError code, String what, String fix) {
        problems.add(Problem.of(code, what).fix(fix));
    }

    private static String named(JobVertex vertex) {
        return "'" + vertex.name() + "'";
    }
}
