package io.millrace.deploy.local;

import io.millrace.taskmanager.server.process.TaskManagerProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster holds of which every job has to give back all it took.
 *
 * @param threads of this JVM by name, numbers left out; without gRPC's pool, which keeps threads for a minute
 * @param networkMemory reserved bytes by purpose, of each TaskManager
 * @param sendBuffers in use, of all TaskManagers
 * @param tasks of all TaskManagers
 */
record Footprint(Map<String, Integer> threads, List<Map<String, Long>> networkMemory, long sendBuffers, int tasks) {
    private static final String GRPC_POOL = "grpc-default-executor";

    static Footprint of(JarCluster cluster) {
        List<TaskManagerProcess> all = cluster.taskManagers();
        Map<String, Integer> threads = liveThreads();
        threads.remove(GRPC_POOL + "-#");
        return new Footprint(
                threads,
                all.stream().map(TaskManagerProcess::networkMemory).toList(),
                all.stream()
                        .mapToLong(process -> process.dataPlane().statistics().sendBuffersInUse())
                        .sum(),
                all.stream().mapToInt(process -> process.statistics().size()).sum());
    }

    /** The same without the threads of a name. */
    Footprint without(String thread) {
        Map<String, Integer> others = new TreeMap<>(threads);
        others.remove(thread);
        return new Footprint(others, networkMemory, sendBuffers, tasks);
    }

    /** Live threads by name, numbers in the names left out. */
    static Map<String, Integer> liveThreads() {
        Map<String, Integer> threads = new TreeMap<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> threads.merge(nameOf(thread), 1, Integer::sum));
        return threads;
    }

    /** Threads of gRPC's pool. */
    static int grpcThreads() {
        return liveThreads().getOrDefault(GRPC_POOL + "-#", 0);
    }

    private static String nameOf(Thread thread) {
        return thread.getName().replaceAll("[0-9]+", "#");
    }
}
