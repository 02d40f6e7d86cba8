package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Apache Flink as a standalone cluster: a JobManager and the workload's TaskManagers, everything at its default but the
 * heap, the slots and the loopback addresses.
 */
final class FlinkEngine implements Engine {

    private final EngineName name;
    private final SuiteOptions options;
    private final boolean reusesObjects;

    FlinkEngine(EngineName name, SuiteOptions options, boolean reusesObjects) {
        this.name = name;
        this.options = options;
        this.reusesObjects = reusesObjects;
    }

    @Override
    public String id() {
        return name.text();
    }

    @Override
    public String description() {
        try {
            Path runtime = Built.only(clusterLibraries(), "flink-runtime-*.jar");
            String version = runtime.getFileName().toString().replaceAll("flink-runtime-|\\.jar", "");
            return "Apache Flink " + version + ", object reuse " + (reusesObjects ? "on" : "off (default)");
        } catch (IOException e) {
            throw new IllegalStateException("the Flink class path is missing: run deploy/benchmarks/run", e);
        }
    }

    @Override
    public EngineCluster start(Workload workload, Path directory) throws IOException, InterruptedException {
        FlinkCluster cluster = new FlinkCluster(this, workload, directory);
        try {
            cluster.startProcesses();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    EngineName name() {
        return name;
    }

    SuiteOptions options() {
        return options;
    }

    boolean reusesObjects() {
        return reusesObjects;
    }

    Path jobJar() throws IOException {
        return Built.only(options.home().resolve("flink/target"), "*-job.jar");
    }

    /** The cluster's class path and, for the memory plan only, the module's own classes. */
    String classPath() {
        return clusterLibraries().resolve("*").toString();
    }

    String planClassPath() {
        return classPath() + java.io.File.pathSeparator + options.home().resolve("flink/target/classes");
    }

    private Path clusterLibraries() {
        return options.home().resolve("flink/target/cluster");
    }
}
