package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The built distribution as its users start it: the launcher's own commands, everything at its default but the heap and
 * what the engine's name sets.
 */
final class MillraceEngine implements Engine {

    private final EngineName name;
    private final SuiteOptions options;

    MillraceEngine(EngineName name, SuiteOptions options) {
        this.name = name;
        this.options = options;
    }

    @Override
    public String id() {
        return name.text();
    }

    @Override
    public String description() {
        try {
            return "Millrace " + distribution().getFileName().toString().replace("millrace-", "");
        } catch (IOException e) {
            throw new IllegalStateException("the distribution is missing: run deploy/benchmarks/run", e);
        }
    }

    @Override
    public EngineCluster start(Workload workload, Path directory) throws IOException, InterruptedException {
        MillraceCluster cluster = new MillraceCluster(this, workload, directory);
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

    Path launcher() throws IOException {
        return distribution().resolve("bin/millrace");
    }

    Path jobJar() throws IOException {
        return Built.only(options.home().resolve("millrace/target"), "*-job.jar");
    }

    private Path distribution() throws IOException {
        return Built.only(options.home().resolveSibling("dist/target"), "millrace-*");
    }
}
