package io.millrace.common.graph;

import java.util.List;
import java.util.Map;

/**
 * A job as the client submits it. Functions and types are opaque bytes: the JobManager never loads user code.
 *
 * @param formatVersion version of this description, {@link #FORMAT_VERSION} when written by this build
 * @param name the job's name for people
 * @param vertices in topological order
 * @param edges between them
 * @param jars what the job's class loader is made of
 * @param configuration the job's own settings, key to value
 */
public record JobGraph(
        int formatVersion,
        String name,
        List<JobVertex> vertices,
        List<JobEdge> edges,
        List<BlobReference> jars,
        Map<String, String> configuration) {

    public static final int FORMAT_VERSION = 1;

    public JobGraph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        jars = List.copyOf(jars);
        configuration = Map.copyOf(configuration);
    }

    public JobVertex vertex(int id) {
        return vertices.stream()
                .filter(vertex -> vertex.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No vertex " + id + " in job '" + name + "'"));
    }

    public JobGraph withName(String newName) {
        return new JobGraph(formatVersion, newName, vertices, edges, jars, configuration);
    }

    public JobGraph withJars(List<BlobReference> newJars) {
        return new JobGraph(formatVersion, name, vertices, edges, newJars, configuration);
    }
}
