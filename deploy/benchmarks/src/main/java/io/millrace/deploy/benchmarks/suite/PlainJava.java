package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.PlainLoop;
import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plain single-threaded loop in a JVM of its own, with the heap of one worker. */
final class PlainJava implements Engine {

    private final SuiteOptions options;

    PlainJava(SuiteOptions options) {
        this.options = options;
    }

    @Override
    public String id() {
        return "plain-java";
    }

    @Override
    public String description() {
        return "one thread, one JVM, no engine";
    }

    @Override
    public boolean runs(Workload workload) {
        return !workload.isPaced();
    }

    @Override
    public EngineCluster start(Workload workload, Path directory) {
        return new Loop(workload, directory);
    }

    /** The process exists only while a run lasts. */
    private final class Loop implements EngineCluster {

        private final Workload workload;
        private final Path directory;
        private List<ProcessHandle> workers = List.of();

        Loop(Workload workload, Path directory) {
            this.workload = workload;
            this.directory = directory;
        }

        @Override
        public void run(JobOptions job) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(
                    ChildProcess.java(),
                    "-Xms" + options.heapMiB() + "m",
                    "-Xmx" + options.heapMiB() + "m",
                    "-XX:+UseG1GC"));
            command.addAll(options.workerJvmOptions());
            command.addAll(
                    List.of("-cp", System.getProperty("java.class.path"), PlainLoop.class.getName(), workload.id()));
            command.addAll(job.args());
            ChildProcess process = ChildProcess.start("loop", directory, command, Map.of());
            workers = List.of(process.handle());
            process.join(options.jobTimeoutMs());
        }

        @Override
        public List<ProcessHandle> workers() {
            return workers;
        }

        @Override
        public void close() {
            // The process has ended with the run.
        }
    }
}
