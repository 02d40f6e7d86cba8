package io.millrace.jobmanager.control;

import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Job graphs for tests. Operator ids are ten times the vertex id plus the place in the chain. */
public final class TestGraphs {

    /** No checkpoints, no restarts. */
    static final Map<String, String> ONE_RUN = Map.of("checkpoint.interval", "0ms", "restart.strategy", "none");

    private TestGraphs() {}

    /** A line of vertices with these parallelisms, joined by hash exchanges. */
    public static JobGraph line(String name, int... parallelisms) {
        List<JobVertex> vertices = new ArrayList<>();
        List<JobEdge> edges = new ArrayList<>();
        for (int i = 0; i < parallelisms.length; i++) {
            vertices.add(vertex(i, parallelisms[i]));
            if (i > 0) {
                edges.add(edge(i - 1, i - 1, i, ExchangeKind.HASH));
            }
        }
        return graph(name, vertices, edges);
    }

    public static JobGraph graph(String name, List<JobVertex> vertices, List<JobEdge> edges) {
        return new JobGraph(JobGraph.FORMAT_VERSION, name, vertices, edges, List.of(), ONE_RUN);
    }

    /** The same graph with other settings. */
    public static JobGraph with(JobGraph graph, Map<String, String> configuration) {
        return new JobGraph(
                graph.formatVersion(), graph.name(), graph.vertices(), graph.edges(), graph.jars(), configuration);
    }

    public static JobVertex vertex(int id, int parallelism) {
        return vertex(id, parallelism, JobVertex.DEFAULT_SLOT_SHARING_GROUP);
    }

    public static JobVertex vertex(int id, int parallelism, String slotSharingGroup) {
        return new JobVertex(
                id, "v" + id, parallelism, 128, slotSharingGroup, List.of(operator(10 * id, "")), List.of());
    }

    public static OperatorNode operator(int id, String uid) {
        return new OperatorNode(id, uid, "op" + id, "Job.java:" + id, OpaqueBytes.EMPTY);
    }

    public static JobEdge edge(int id, int source, int target, ExchangeKind kind) {
        return new JobEdge(id, source, 10 * source, "", target, 0, kind, OpaqueBytes.EMPTY);
    }
}
