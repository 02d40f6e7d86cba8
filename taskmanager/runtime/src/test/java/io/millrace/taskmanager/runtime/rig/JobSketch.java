package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.EnumeratorSpec;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds small job graphs and their deployments. */
public final class JobSketch {
    private static final int MAX_PARALLELISM = JobVertex.DEFAULT_MAX_PARALLELISM;

    private final ReferencePlans plans;
    private final List<JobVertex> vertices = new ArrayList<>();
    private final List<JobEdge> edges = new ArrayList<>();
    /** Without checkpoints unless a test asks for them. */
    private Map<String, String> configuration = Map.of("checkpoint.interval", "0ms");

    private BiFunction<JobVertex, Integer, @Nullable RestorePoint> restores = (vertex, subtask) -> null;
    private int nextOperator;

    public JobSketch(ReferencePlans plans) {
        this.plans = plans;
    }

    public JobSketch configured(Map<String, String> settings) {
        configuration = withDefaults(settings);
        return this;
    }

    /** A whole job as the API built it. */
    public JobSketch add(JobGraph graph) {
        configuration = withDefaults(graph.configuration());
        for (JobVertex vertex : graph.vertices()) {
            List<OperatorNode> nodes = vertex.operators().stream()
                    .map(node -> new OperatorNode(
                            node.id(), node.uid(), node.name(), node.place(), handedOver(node.payload())))
                    .toList();
            vertices.add(new JobVertex(
                    vertex.id(),
                    vertex.name(),
                    vertex.parallelism(),
                    vertex.maxParallelism(),
                    vertex.slotSharingGroup(),
                    nodes,
                    vertex.links()));
        }
        for (JobEdge edge : graph.edges()) {
            edges.add(new JobEdge(
                    edge.id(),
                    edge.sourceVertex(),
                    edge.sourceOperator(),
                    edge.sideOutput(),
                    edge.targetVertex(),
                    edge.targetInput(),
                    edge.kind(),
                    handedOver(edge.payload())));
        }
        return this;
    }

    private OpaqueBytes handedOver(OpaqueBytes payload) {
        return payload.equals(OpaqueBytes.EMPTY) ? payload : new OpaqueBytes(plans.put(payload.array()));
    }

    /** A source with its enumerator. @return the readers' vertex */
    public <T, S extends SourceSplit> int source(
            Source<T, S, ?> source,
            int parallelism,
            WatermarkStrategy<T> watermarks,
            TypeInformation<T> type,
            OperatorSpec... chained) {
        int enumerator = vertex("Enumerator", 1, new EnumeratorSpec<>(source, parallelism));
        OperatorSpec[] chain = new OperatorSpec[chained.length + 1];
        chain[0] = new SourceSpec<>(source, watermarks, type);
        System.arraycopy(chained, 0, chain, 1, chained.length);
        int readers = vertex("Source", parallelism, chain);
        edge(enumerator, readers, ExchangeKind.ASSIGNMENT, new ExchangeSpec<>(type, null, null));
        return readers;
    }

    private static Map<String, String> withDefaults(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("checkpoint.interval", "0ms");
        return all;
    }

    /** From where each subtask takes up its state. */
    public JobSketch restoring(BiFunction<JobVertex, Integer, @Nullable RestorePoint> from) {
        restores = from;
        return this;
    }

    /** A chain of operators, each fed by the main output of the one before. @return its vertex */
    public int vertex(String name, int parallelism, OperatorSpec... chain) {
        return vertex(name, parallelism, List.of(chain), Map.of());
    }

    /** @param sideOutputs of every operator of the chain */
    public int vertex(
            String name, int parallelism, List<OperatorSpec> chain, Map<String, TypeInformation<?>> sideOutputs) {
        List<OperatorNode> nodes = new ArrayList<>();
        List<ChainLink> links = new ArrayList<>();
        for (OperatorSpec spec : chain) {
            int id = nextOperator++;
            if (!nodes.isEmpty()) {
                links.add(new ChainLink(id - 1, id, 0, ""));
            }
            String kind = spec.getClass().getSimpleName().replace("Spec", "");
            byte[] payload = plans.put(new OperatorPlan(spec, sideOutputs));
            nodes.add(new OperatorNode(id, "", name + "." + kind, "Job.java:" + id, new OpaqueBytes(payload)));
        }
        vertices.add(new JobVertex(
                vertices.size(),
                name,
                parallelism,
                MAX_PARALLELISM,
                JobVertex.DEFAULT_SLOT_SHARING_GROUP,
                nodes,
                links));
        return vertices.size() - 1;
    }

    public void edge(int from, int to, ExchangeKind kind, ExchangeSpec<?, ?> spec) {
        edge(from, "", to, kind, spec);
    }

    /** From the last operator of {@code from}'s chain. */
    public void edge(int from, String sideOutput, int to, ExchangeKind kind, ExchangeSpec<?, ?> spec) {
        List<OperatorNode> chain = vertices.get(from).operators();
        OpaqueBytes payload = new OpaqueBytes(plans.put(spec));
        edges.add(new JobEdge(edges.size(), from, chain.get(chain.size() - 1).id(), sideOutput, to, 0, kind, payload));
    }

    /** One deployment per subtask, given where each vertex's subtasks run. */
    public List<SubtaskDeployment> deployments(JobId job, BiFunction<Integer, Integer, PeerAddress> placement) {
        List<SubtaskDeployment> deployments = new ArrayList<>();
        for (JobVertex vertex : vertices) {
            for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                deployments.add(new SubtaskDeployment(
                        new SubtaskId(job, 0, vertex.id(), subtask, 0),
                        "test job",
                        vertex,
                        0,
                        inputs(vertex, subtask, placement),
                        outputs(vertex, subtask, placement),
                        List.of(),
                        configuration,
                        restores.apply(vertex, subtask)));
            }
        }
        return deployments;
    }

    private List<InputGatePlacement> inputs(
            JobVertex vertex, int subtask, BiFunction<Integer, Integer, PeerAddress> placement) {
        return edges.stream()
                .filter(edge -> edge.targetVertex() == vertex.id())
                .map(edge -> new InputGatePlacement(
                        edge,
                        IntStream.range(0, vertices.get(edge.sourceVertex()).parallelism())
                                .filter(from -> connects(edge, from, subtask))
                                .mapToObj(
                                        from -> new ChannelPlacement(from, placement.apply(edge.sourceVertex(), from)))
                                .toList()))
                .toList();
    }

    private List<OutputGatePlacement> outputs(
            JobVertex vertex, int subtask, BiFunction<Integer, Integer, PeerAddress> placement) {
        return edges.stream()
                .filter(edge -> edge.sourceVertex() == vertex.id())
                .map(edge -> {
                    int targets = vertices.get(edge.targetVertex()).parallelism();
                    return new OutputGatePlacement(
                            edge,
                            targets,
                            KeyGroupRouting.even(
                                    vertices.get(edge.targetVertex()).maxParallelism(), targets),
                            IntStream.range(0, targets)
                                    .filter(to -> connects(edge, subtask, to))
                                    .mapToObj(to -> new ChannelPlacement(to, placement.apply(edge.targetVertex(), to)))
                                    .toList());
                })
                .toList();
    }

    private boolean connects(JobEdge edge, int from, int to) {
        if (edge.kind().connectsAll()) {
            return true;
        }
        int sources = vertices.get(edge.sourceVertex()).parallelism();
        int targets = vertices.get(edge.targetVertex()).parallelism();
        return sources <= targets ? to * sources / targets == from : from * targets / sources == to;
    }

    List<JobVertex> vertices() {
        return vertices;
    }
}
