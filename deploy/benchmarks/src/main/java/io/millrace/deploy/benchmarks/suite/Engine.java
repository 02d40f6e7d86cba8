package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Path;

/** Something that can run the workloads. */
public interface Engine {

    /** Its name on the command line and in the tables. */
    String id();

    /** Version and settings that matter, for the report. */
    String description();

    /** True when this engine has the workload. */
    default boolean runs(Workload workload) {
        return true;
    }

    /**
     * Starts the processes the workload needs and returns when they are ready for a job.
     *
     * @param directory empty directory for configuration, logs and temporary files
     */
    EngineCluster start(Workload workload, Path directory) throws IOException, InterruptedException;
}
